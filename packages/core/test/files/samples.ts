/** A file of each kind: how it writes a value under a name, in all the ways that it has. */
export interface Sample {
  readonly path: string;
  readonly write: (name: string, value: string) => readonly string[];
  /** What makes up its files, to be thrown together. */
  readonly pieces: readonly string[];
}

/** Every unit that a quoted string of C may escape, escaped. */
const escaped = (value: string, quotes: string): string => value.replaceAll(new RegExp(`[\\\\${quotes}]`, 'g'), String.raw`\$&`);
const hex = (value: string): string => value.replaceAll(/[aeiou]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const entities = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('s', '&#x73;');
const inShell = (value: string): readonly string[] => [`'${value.replaceAll("'", String.raw`'\''`)}'`, `"${value.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`, value.replaceAll(/[^\w:/.@?=-]/g, String.raw`\$&`)];

/** A sample of each kind that has no test of its own, by the kind's id. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  json: {
    path: 'config.json',
    write: (name, value) => [JSON.stringify({ [name]: value }), JSON.stringify({ a: [{ [name]: value }] }, null, 2), `{ "${name}": "${hex(escaped(value, '"'))}" }`, `// x\n{ ${name}: '${escaped(value, "'")}', }`],
    pieces: ['{', '}', '[', ']', ',', ':', '"', "'", '"DATABASE_URL"', '"host"', '"user": "u"', '"sslmode"', '"environment"', '"name"', '"value"', '//', '/*', '*/', '\\', '\\u0041', 'null', 'true', '1', '{{ .x }}', '${x}', '"postgres://u:p@h.example.net/d?sslmode=disable"', '\n', ' '],
  },
  toml: {
    path: 'config.toml',
    write: (name, value) => [`${name} = "${escaped(value, '"')}"`, `[a.b]\n${name} = """\n${escaped(value, '"')}"""`, `a = { "${name}" = "${hex(escaped(value, '"'))}" } # x`, ...(value.includes("'") ? [] : [`"${name}" = '${value}'`, `${name} = '''${value}'''`])],
    pieces: ['[', ']', '[[', '.', '=', '"', '"""', "'", "'''", 'DATABASE_URL = ', 'host = "h"', 'user = "u"', 'sslmode = "disable"', '[postgres]', '{', '}', ',', '#', '\\', '\n', '\r\n', '{{ x }}', '"postgres://u:p@h.example.net/d"', '1979-05-27'],
  },
  properties: {
    path: 'application.properties',
    write: (name, value) => {
      const raw = value.replaceAll('\\', '\\\\');
      return [`${name}=${raw}`, `${name}: ${raw}`, `  ${name} ${hex(raw)}`, `${name}=${raw.slice(0, 9)}\\\r\n   ${raw.slice(9)}\r\n`];
    },
    pieces: ['=', ':', ' ', '\\', '\\\n', '\\u0041', '#', '!', '#---', '\n', '\r', 'spring.datasource.url', 'db.host=h', 'db.port=5432', 'db.sslmode=disable', '${db.host}', '${X:postgres://h/d}', 'postgres://u:p@h.example.net/d'],
  },
  ini: {
    path: 'app.ini',
    write: (name, value) => (/^["']|[ \t][#;]/.test(value) ? [] : [`${name} = ${value}`, `[a]\n${name}: ${value}\n`, `a {\n  b = {\n    ${name} = ${value}\n  }\n}`, `${name} =\n    ${value}`, ...(value.includes('"') ? [] : [`${name} = "${value}" # x`])]),
    pieces: ['[', ']', '=', ':', '{', '}', '"', '"""', "'", '#', ';', '//', ' ', '\n', '\r\n', '    ', '[postgres]', 'host = h', 'user = u', 'sslmode = disable', 'url =', 'postgres://u:p@h.example.net/d', 'host=h dbname=d user=u', '${?X}', 'include'],
  },
  xml: {
    path: 'context.xml',
    write: (name, value) => [`<c><${name}>${entities(value)}</${name}></c>`, `<p name="${name}" value="${entities(value)}"/>`, `<a><entry key='${name}'>\n ${entities(value)} \n</entry></a>`, `<a ${name}="${entities(value)}" />`, ...(value.includes(']]>') ? [] : [`<${name}><![CDATA[${value}]]></${name}>`])],
    pieces: ['<', '>', '/>', '</', '<a>', '</a>', '<b ', 'name="url"', ' value="', '"', "'", '=', '&amp;', '&', '&#65;', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '<url>', '</url>', 'sslmode-ignore no-plaintext: x', 'postgres://u:p@h.example.net/d', '\n', '<%= x %>'],
  },
  dockerfile: {
    path: 'Dockerfile',
    write: (name, value) => ['ENV', 'ARG'].flatMap((word) => [`FROM x\n${word} A=1 \\\n  ${name}="${value.replaceAll(/["\\$]/g, String.raw`\$&`)}"\n`, ...(value.includes("'") ? [] : [`${word} ${name}='${value}'`])]),
    pieces: ['FROM x\n', 'FROM x AS y\n', 'ENV ', 'ARG ', 'RUN ', 'CMD [', '\\\n', '\n', '#', '# escape=`\n', '"', "'", '=', '$', '${X}', 'DATABASE_URL=', 'PGSSLMODE=require', 'NODE_TLS_REJECT_UNAUTHORIZED=0', '<<EOF\n', 'EOF\n', 'psql -h h -U u', 'postgres://u:p@h.example.net/d', ' '],
  },
  shell: {
    path: 'run.sh',
    write: (name, value) => inShell(value).flatMap((word) => [`${name}=${word}`, `if x; then export A=1 ${name}=${word}; fi`, `docker run -e ${name}=${word} x`, `${name}=${word} \\\n  node x`, `echo $(x ${word})`]),
    pieces: ['"', "'", '\\', '\\\n', '\n', '$', '$(', ')', '`', '${', '}', '<<EOF\n', 'EOF\n', ';', '&&', '|', '>', '#', ' ', 'export ', 'PGHOST=h', 'PGSSLMODE=require', 'psql -h ', 'psql "', 'h.example.net', '--host=', '-U u', 'postgres://u:p@h.example.net/d', 'host=h dbname=d', '{{', '}}'],
  },
  script: {
    path: 'bin/setup',
    write: (name, value) => inShell(value).map((word) => `#!/usr/bin/env bash\n${name}=${word}`),
    pieces: ['#!/bin/sh\n', '#!/usr/bin/env python3\n', '#!', 'PGHOST=h', 'PGSSLMODE=require', '"', "'", '\n', ' ', 'postgres://u:p@h.example.net/d', 'host=h dbname=d'],
  },
  systemd: {
    path: 'x.service',
    write: (name, value) => {
      const raw = value.replaceAll('\\', '\\\\').replaceAll('%', '%%');
      return [`[Service]\nEnvironment="A=1" "${name}=${raw.replaceAll('"', '\\"')}"\n`, `Environment='${name}=${raw.replaceAll("'", "\\'")}' \\\n  B=2`, `Environment=${name}=${raw.replaceAll(/[ '"]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`)}`];
    },
    pieces: ['[Service]\n', 'Environment=', 'ExecStart=', '"', "'", '\\', '\\\n', '\n', '#', ';', ' ', '%', '%%', '%h', 'PGHOST=h', 'PGSSLMODE=require', 'psql -h h', 'postgres://u:p@h.example.net/d', 'Image=postgres'],
  },
  procfile: {
    path: 'Procfile',
    write: (name, value) => inShell(value).map((word) => `web: ${name}=${word} ./x\n`),
    pieces: ['web: ', 'release: ', '\n', '#', '"', "'", ' ', '$(', ')', 'PGHOST=h', 'PGSSLMODE=require', 'psql -h h', 'postgres://u:p@h.example.net/d'],
  },
  prisma: {
    path: 'schema.prisma',
    write: (name, value) => [`datasource db {\n  provider = "postgresql"\n  url = "${escaped(value, '"')}" // ${name}\n}\n`, `datasource db {\r\n  directUrl="${escaped(value, '"')}"`],
    pieces: ['datasource db {\n', 'model X {\n', 'generator x {', '}\n', 'provider = "postgresql"\n', 'url = ', 'directUrl = ', 'env("X")', '"', '\\', '//', '\n', '\r\n', ' ', '"postgres://u:p@h.example.net/d"'],
  },
  hcl: {
    path: 'main.tf',
    write: (name, value) => {
      const word = `"${escaped(value, '"').replaceAll(/[$%]\{/g, '$&')}"`;
      return [`${name} = ${word}`, `a "b" {\n  c {\n    ${name} = ${word} # x\n  }\n}`, `a = { ${name} : ${word}, b = 1 }`, `a = [{ name = "${name}", value = ${word} }]`, `${name} = var.x ? var.y : ${hex(word)}`, ...(value.includes('\\') ? [] : [`${name} = <<EOF\n${value}\nEOF\n`])];
    },
    pieces: ['a ', '"b" ', '{', '{\n', '}', '[', ']', '(', ')', '=', ':', ',', '"', '${', '%{', '\\', '\n', '#', '//', '/*', '*/', '<<EOF\n', '<<-EOF\n', 'EOF\n', 'var.x', '?', '==', 'jsonencode(', 'provider "postgresql" {\n', 'host = "h"\n', 'username = "u"\n', 'sslmode = "disable"\n', 'env {\n', 'name = "PGHOST"\n', 'value = "h"\n', '"postgres://u:p@h.example.net/d"'],
  },
  makefile: {
    path: 'Makefile',
    // What make reads of a value itself is no part of it.
    write: (name, value) => (/["'\\#$]/.test(value) ? [] : [`${name} := ${value}`, `export ${name}=${value} # x`, `run: ${name} ?= ${value}\nrun:\n\t./x`, `${name} = "${value}"`, `run:\n\t@${name}='${value}' ./x\n`, `run:\n\tA=1 ${name}="${value}" \\\n\t  ./x`]),
    pieces: ['A = ', 'DB_URL := ', 'export ', 'run: ', '\n', '\r\n', '\t', '    ', '@', '\\\n', '"', "'", '`', '#', '$$', '$(', '$(A)', '${A}', ')', 'PGHOST = h\n', 'PGSSLMODE=require', 'psql -h h', 'ifdef X\n', 'endif\n', 'define x\n', 'postgres://u:p@h.example.net/d'],
  },
  notebook: {
    path: 'x.ipynb',
    write: (name, value) => {
      if (/\s/.test(value)) return [];
      const code = `${name} = "${escaped(value, '"')}"`;
      return [`import psycopg\n${code}`, `%time\n${code}`, `%%time\n${code}`, ...(/["'\\$`!]/.test(value) ? [] : [`%env ${name}=${value}`, `!x '${value}'`])].flatMap((lines) =>
        [lines, lines.split(/(?<=\n)/)].map((source) => JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, outputs: [], source }], nbformat: 4 }, null, 1)),
      );
    },
    pieces: ['{', '}', '[', ']', ',', ':', '"', '{"cells":[', '{"cell_type":"code","source":', '["', '\\n",', '"%', '%%bash', '!psql -h h', 'import psycopg', "'postgres://u:p@h.example.net/d'", '\\"', '\n', '"metadata":{"language_info":{"name":"r"}}'],
  },
  template: {
    path: '_helpers.tpl',
    write: (name, value) => (/[\s"'\\]/.test(value) ? [] : [`${name}=${value}\n`, `{{- define "x" }}\n{{- printf "${value}" .x | quote }}\n{{ end }}`, `<%= f '${value}' %>`, `export ${name}="${value}"`]),
    pieces: ['{{', '{{- ', '}}', '{{/*', '*/}}', '{%', '%}', '<%=', '%>', '{#', '#}', '"', "'", '`', '\\', '\n', '\r\n', '#', 'DATABASE_URL=', 'PGHOST=h\n', 'PGSSLMODE=require\n', 'printf "postgres://%s/x"', 'postgres://u:p@h.example.net/d', ' '],
  },
  source: {
    path: 'main.go',
    // In a program a blank may end it: prose holds URLs too.
    write: (name, value) => /\s/.test(value) ? [] : [`var ${name} = "${escaped(value.slice(0, -5), '"')}${hex(value.slice(-5))}"`, `f(\n\t"x",\n\t"${escaped(value.slice(0, 20), '"')}" + // x\n\t\t"${escaped(value.slice(20), '"')}",\n)`, ...(value.includes('`') ? [] : [`${name} := \`${value}\``])],
    pieces: ['"', "'", '`', '\\', '//', '/*', '*/', '+', '(', ')', '{', '}', '[', ']', ',', '\n', 'x', 'var x = ', '"github.com/lib/pq"', '"postgres://u:p@h.example.net/d"', '"host=h dbname=d user=u"', '?sslmode=disable', '"postgres://', 'example = '],
  },
};
