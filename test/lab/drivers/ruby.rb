# ruby-pg. The line protocol is that of serve.ts.
require 'json'
require 'pg'

$stdout.sync = true
number = PG.library_version
puts JSON.generate(version: "#{PG::VERSION} over libpq #{number / 10_000}.#{number % 10_000}")
$stdin.each_line do |line|
  task = JSON.parse(line)
  before = task['environment'].to_h { |name, _| [name, ENV[name]] }
  ENV.update(task['environment'])
  reply =
    begin
      connection = task['options'] ? PG.connect(task['string'], **task['options'].transform_keys(&:to_sym)) : task['string'] ? PG.connect(task['string']) : PG.connect
      connection.exec('select 1')
      connection.close
      { ok: true }
    rescue StandardError => e
      { ok: false, error: e.message, unfinished: false }
    end
  puts JSON.generate(reply)
  ENV.update(before)
end
