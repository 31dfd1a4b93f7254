# ruby-pg; Rails' Active Record over it where the argument says so. The line protocol is that of serve.ts.
require 'json'
require 'pg'

def over_pg(string, options)
  # libpq's name alone.
  keywords = (options || {}).transform_keys { |name| name == 'database' ? :dbname : name.to_sym }
  connection = string ? PG.connect(string, **keywords) : PG.connect(**keywords)
  connection.exec('select 1')
  connection.close
end

# A map as in database.yml, with a URL under `url`.
def over_rails(string, options)
  options = (options || {}).dup
  options['username'] = options.delete('user') if options.key?('user')
  ActiveRecord::Base.configurations = { 'default_env' => { 'adapter' => 'postgresql', **(string ? { 'url' => string } : {}), **options } }
  ActiveRecord::Base.establish_connection(:default_env)
  ActiveRecord::Base.connection.execute('select 1')
ensure
  ActiveRecord::Base.remove_connection
end

$stdout.sync = true
number = PG.library_version
is_rails = ARGV[0] == 'rails'
require 'active_record' if is_rails
puts JSON.generate(version: "#{is_rails ? ActiveRecord.version : PG::VERSION} over libpq #{number / 10_000}.#{number % 10_000}")
$stdin.each_line do |line|
  task = JSON.parse(line)
  before = task['environment'].to_h { |name, _| [name, ENV[name]] }
  ENV.update(task['environment'])
  reply =
    begin
      is_rails ? over_rails(task['string'], task['options']) : over_pg(task['string'], task['options'])
      { ok: true }
    rescue StandardError => e
      { ok: false, error: e.message, unfinished: false }
    end
  puts JSON.generate(reply)
  ENV.update(before)
end
