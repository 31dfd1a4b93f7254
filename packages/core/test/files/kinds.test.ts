import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, mayHold, readFile } from '../../src/files/index.ts';
import { KINDS } from '../../src/files/kinds.ts';
import { readFileSync } from '../../src/files/sync.ts';
import type { Reading } from '../../src/site.ts';
import type { MappedText, Span } from '../../src/text.ts';
import { property } from '../property.ts';

/** A file of each kind: how it writes a value under a name, in all the ways that it has. */
interface Sample {
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

const SAMPLES: Readonly<Record<string, Sample>> = {
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
  source: {
    path: 'main.go',
    // In a program a blank may end it: prose holds URLs too.
    write: (name, value) => /\s/.test(value) ? [] : [`var ${name} = "${escaped(value.slice(0, -5), '"')}${hex(value.slice(-5))}"`, `f(\n\t"x",\n\t"${escaped(value.slice(0, 20), '"')}" + // x\n\t\t"${escaped(value.slice(20), '"')}",\n)`, ...(value.includes('`') ? [] : [`${name} := \`${value}\``])],
    pieces: ['"', "'", '`', '\\', '//', '/*', '*/', '+', '(', ')', '{', '}', '[', ']', ',', '\n', 'x', 'var x = ', '"github.com/lib/pq"', '"postgres://u:p@h.example.net/d"', '"host=h dbname=d user=u"', '?sslmode=disable', '"postgres://', 'example = '],
  },
};

const KINDS_HERE = Object.keys(SAMPLES);

it('has a sample of every kind that has no test of its own', () => {
  expect([...KINDS_HERE, 'dotenv', 'yaml'].sort()).toEqual(KINDS.map(({ id }) => id).sort());
  for (const [id, { path }] of Object.entries(SAMPLES)) expect(kindOf(path)?.id).toBe(id);
});

/** What makes trouble: quotes, escapes, what other grammars take for something. */
const password = fc.string({ unit: fc.constantFrom('a', 'B', '9', '"', "'", '\\', '&', '%25', '!', ';', ' ', '~', 'ä', '😀', '=', ','), maxLength: 6 });

describe('a value', { timeout: 60_000 }, () => {
  it.for(KINDS_HERE)('is read from %s as it was written, to the unit', (id) => {
    const { path, write } = SAMPLES[id] ?? { path: '', write: () => [] };
    let read = 0;
    property(
      fc.tuple(password, fc.constantFrom('disable', 'require', 'verify-full')),
      ([secret, mode]) => {
        const url = `postgres://app:${secret}@db.example.net/app?application_name=x&sslmode=${mode}`;
        // Where a blank stands in a command, it may be the end.
        for (const text of write('DATABASE_URL', url)) {
          const reading = readFileSync(path, text);
          const strings = reading.sites.map(({ string }) => (string === null || string === 'hidden' ? null : string));
          expect(strings.map((string) => string?.text), text).toEqual([url]);
          const [string] = strings;
          if (string === null || string === undefined) continue;
          expectFaithful(text, string);
          const at = url.lastIndexOf(mode);
          const written = text.slice(string.toSource({ start: at, end: url.length }).start, string.toSource({ start: at, end: url.length }).end);
          expect(decoded(written)).toBe(mode);
          expect(reading.problems).toEqual([]);
          read++;
        }
      },
      200,
    );
    expect(read).toBeGreaterThan(100);
  });
});

/** Escapes of all kinds, undone. */
function decoded(text: string): string {
  return text.replaceAll(/\\u00(..)|&#x(..);/g, (_, a: string | undefined, b: string | undefined) => String.fromCharCode(Number.parseInt(a ?? b ?? '', 16))).replaceAll('\\', '');
}

/** What maps unit by unit is the same in the source. */
function expectFaithful(text: string, value: MappedText): void {
  for (const { at, length, source, whole } of value.segments(0, value.text.length)) {
    if (whole !== true && source.end - source.start === length) expect(text.slice(source.start, source.end)).toBe(value.text.slice(at, at + length));
  }
}

function spansOf(reading: Reading): { readonly span: Span; readonly within?: Span }[] {
  return [
    ...reading.sites.flatMap((site) => [
      { span: site.span },
      ...(site.string === null || site.string === 'hidden' ? [] : [{ span: site.string.span }]),
      ...[...site.members, ...site.environment].flatMap(({ span, whole }) => [{ span, within: whole }, { span: whole }]),
    ]),
    ...reading.bypasses.map(({ setting }) => ({ span: setting.span, within: setting.whole })),
    ...reading.comments.flatMap(({ span, covers }) => [{ span }, { span: covers }]),
  ];
}

describe('a mess', { timeout: 60_000 }, () => {
  it.for(KINDS_HERE)('of %s keeps its spans inside of the text, and comes through the pre-filter', async (id) => {
    const { path, pieces, write } = SAMPLES[id] ?? { path: '', pieces: [''], write: () => [''] };
    const whole = write('DATABASE_URL', 'postgres://u:p@h.example.net/d?sslmode=require');
    const soup = fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.constantFrom(...whole, ' sslmode-ignore no-plaintext -- x', '\0', '\u2028', '😀') }), { maxLength: 30 }).map((parts) => parts.join(''));
    let found = 0;
    property(
      soup,
      (text) => {
        const reading = readFileSync(path, text);
        for (const { span, within } of spansOf(reading)) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
          if (within !== undefined) {
            expect(span.start).toBeGreaterThanOrEqual(within.start);
            expect(span.end).toBeLessThanOrEqual(within.end);
          }
        }
        for (const { string } of reading.sites) if (string !== null && string !== 'hidden') expectFaithful(text, string);
        for (const { line, message } of reading.problems) {
          expect(message).toMatch(/^read as text: not valid [A-Z]+ \([a-zA-Z -]+\)$/);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
        }
        const things = reading.sites.length + reading.bypasses.length + reading.comments.length;
        found += things;
        if (things > 0) expect(mayHold(new TextEncoder().encode(text), kindOf(path))).toBe(true);
      },
      1_000,
    );
    expect(found).toBeGreaterThan(100);
    // Functions are never equal.
    expect({ ...(await readFile(path, whole[0] ?? '')), written: null }).toEqual({ ...readFileSync(path, whole[0] ?? ''), written: null });
  });
});

/** Milliseconds of CPU time: other work on the machine does not count. */
function cost(path: string, text: string): number {
  const before = process.cpuUsage();
  readFileSync(path, text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('hostile input', { timeout: 120_000 }, () => {
  const general = ['"', "'", '\\', '[', '{', '(', '<', '$(', '${', '{{', '#', '/*', '`', 'a', ' ', '\t', '\n', '\r', '=', 'a=', 'a =\n ', 'postgres://a@b/c ', "host=' ", '# sslmode-ignore no-plaintext -- x\n', '"a":', '}', ']', '&', '%', '\0'];
  it.for(KINDS_HERE)('costs %s linear time', (id) => {
    const { path, pieces } = SAMPLES[id] ?? { path: '', pieces: [] };
    for (const unit of new Set([...general, ...pieces, ...pieces.map((piece) => `${piece}\n`)])) {
      if (unit === '') continue;
      const text = (length: number): string => `postgres\n${unit.repeat(Math.ceil(length / unit.length))}`;
      cost(path, text(2_500));
      const small = cost(path, text(10_000));
      const large = cost(path, text(40_000));
      // Four times the text: quadratic time would be sixteen times as long.
      expect(large, JSON.stringify(unit)).toBeLessThan(Math.max(3000, small * 10));
    }
  });

  it.for(KINDS_HERE)('costs linear time for much of %s that is as it should be', (id) => {
    const { path, write } = SAMPLES[id] ?? { path: '', write: () => [] };
    const unit = `${write('host', 'something that is no connection')[0] ?? ''}\n`;
    const text = (length: number): string => `${unit.repeat(Math.ceil(length / unit.length))}# postgres host=`;
    cost(path, text(50_000));
    const small = cost(path, text(250_000));
    const large = cost(path, text(1_000_000));
    // A native search up to the end of the text is fast: only much text shows that there are too many of them.
    expect(large).toBeLessThan(Math.max(1_500, small * 8));
  });
});
