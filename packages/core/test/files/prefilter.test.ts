import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, mayHold } from '../../src/files/index.ts';
import { readFileSync as read } from '../../src/files/sync.ts';
import type { Reading } from '../../src/site.ts';
import { property } from '../property.ts';

function passes(path: string, text: string): boolean {
  return mayHold(new TextEncoder().encode(text), kindOf(path));
}

/** Whether there is anything in a reading that a report could speak of. */
function holds({ sites, bypasses, comments, servers = [], certificates = [] }: Reading): boolean {
  return sites.length + bypasses.length + comments.length + servers.length + certificates.length > 0;
}

const fixtures = join(import.meta.dirname, 'fixtures');
const cases = readdirSync(fixtures).flatMap((kind) =>
  readdirSync(join(fixtures, kind)).flatMap((name) =>
    readdirSync(join(fixtures, kind, name)).filter((file) => file !== 'expected.txt').map((file) => ({ name: `${kind}/${name}`, file, text: readFileSync(join(fixtures, kind, name, file), 'utf8') })),
  ),
);

describe('the pre-filter misses nothing', { timeout: 120_000 }, () => {
  it.for(cases)('of $name', ({ file, text }) => {
    if (holds(read(file, text))) expect(passes(file, text)).toBe(true);
  });

  const word = fc.constantFrom('db', 'database', 'DB', 'app', 'main', 'pg', 'postgres', 'mysql', 'read', 'data', 'source', 'datasource', 'spring', 'sqlalchemy', 'client', 'external');
  const role = fc.constantFrom('host', 'hostname', 'server', 'address', 'endpoint', 'port', 'user', 'username', 'login', 'password', 'name', 'database', 'dbname', 'sslmode', 'ssl mode', 'ssl root cert', 'ssl', 'type', 'dialect', 'url', 'uri', 'dsn', 'connection string', 'conn', 'connection', 'jdbc url', 'db url', 'databaseurl');
  /** Names as people write them: DB_HOST, dbHost, db-host, db.host, dbhost, DbHost. */
  const name = fc.tuple(fc.array(word, { maxLength: 2 }), role, fc.nat(6)).map(([before, last, style]) => {
    const words = [...before, ...last.split(' ')];
    const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
    switch (style) {
      case 0:
        return words.join('_').toUpperCase();
      case 1:
        return words.map((each, at) => (at === 0 ? each : capital(each))).join('');
      case 2:
        return words.join('-');
      case 3:
        return words.join('.');
      case 4:
        return words.map(capital).join('');
      case 5:
        return words.join('');
      default:
        return words.join('_');
    }
  });
  const drivers = fc.constantFrom('PGHOST', 'PGSSLMODE', 'PGDATABASE', 'PGSERVICE', 'PGPASSWORD', 'NODE_TLS_REJECT_UNAUTHORIZED', 'kind', 'image', 'DSN', 'pg_url', 'rds.force_ssl');
  const value = fc.constantFrom(
    ...['db', 'h.example.net', 'x.neon.tech', 'localhost', '5432', '6432', '3306', 'app', 'postgres', 'pg', 'require', 'verify-full', 'VERIFY_CA', 'true', 'false', '0', '${URL}', '${{ secrets.X }}', '{{ .Values.url }}', '$X', '', 'h.example.net:5432', 'Secret'],
    ...['postgres://u:p@h.example.net/d', 'pgsql://h/d', 'pg://h/d', 'ecto://h/d', 'jdbc:yugabytedb://h/d', 'r2dbc:postgresql://h/d', 'db+postgresql://h/d', '${X}?sslmode=require', 'run psql host=h user=u port=5432 now'],
    ...['host=h user=u', 'dbname=d', 'hostaddr=1.2.3.4', 'service=a user=u', 'host = h password = p', 'Host=h;Database=d', 'Server=h;Port=5432', 'Server=h;Ssl Mode=Require', 'Host=h;Timeout=3', 'server = h ; root certificate = x'],
  );
  const entries = fc.array(fc.tuple(fc.oneof({ weight: 5, arbitrary: name }, { weight: 1, arbitrary: drivers }), value), { minLength: 1, maxLength: 5 });
  const around = fc.constantFrom('', 'a', 'db', 'database', 'postgresql', 'datasource', 'env', 'data', 'services');

  const plain = (text: string): string => (/^[\w:/.@?=;-]+$/.test(text) ? text : JSON.stringify(text));
  const KINDS: Readonly<Record<string, (all: [string, string][], outer: string) => string>> = {
    'a.yaml': (all, outer) => `${outer === '' ? '' : `${outer}:\n`}${all.map(([key, text]) => `${outer === '' ? '' : '  '}${plain(key)}: ${plain(text)}\n`).join('')}`,
    'list.yaml': (all) => `env:\n${all.map(([key, text]) => `  - name: ${plain(key)}\n${text === '' ? '    valueFrom: { secretKeyRef: { name: a } }' : `    value: ${plain(text)}`}\n`).join('')}`,
    'compose.yaml': (all) => `services:\n  api:\n    image: timescale/timescaledb:16\n    environment:\n${all.map(([key, text]) => `      - ${plain(text === '' ? key : `${key}=${text}`)}\n`).join('')}`,
    'folded.yaml': (all) => all.map(([key, text]) => `${plain(key)}: >\n${text.split(' ').map((line) => `  ${line}\n`).join('')}`).join(''),
    'a.json': (all, outer) => JSON.stringify(outer === '' ? Object.fromEntries(all) : { [outer]: Object.fromEntries(all) }, null, 1),
    'secret.json': (all) => JSON.stringify({ apiVersion: 'v1', kind: 'Secret', data: Object.fromEntries(all.map(([key, text]) => [key, btoa(text)])) }),
    'a.toml': (all, outer) => `${outer === '' ? '' : `[${outer}]\n`}${all.map(([key, text]) => `${JSON.stringify(key)} = ${JSON.stringify(text)}\n`).join('')}`,
    'a.properties': (all, outer) => all.map(([key, text]) => `${outer === '' ? '' : `${outer}.`}${key.replaceAll(' ', '\\ ')}=${text.replace('=', '\\=')}\n`).join(''),
    'a.tf': (all, outer) => `${outer === '' ? 'locals' : `resource "a" "${outer}"`} {\n${all.map(([key, text]) => `  ${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)} = ${JSON.stringify(text)}\n`).join('')}}\n`,
    '.env': (all) => all.map(([key, text]) => `${key.replaceAll(/\W/g, '_')}=${JSON.stringify(text)}\n`).join(''),
    'a.ini': (all, outer) => `[${outer === '' ? 'a' : outer}]\n${all.map(([key, text]) => `${key} = ${text}\n`).join('')}`,
    'a.xml': (all, outer) => `<x><${outer === '' ? 'a' : outer}>${all.map(([key, text]) => `<p name="${key}" value="${text.replaceAll('&', '&amp;')}"/>`).join('')}</${outer === '' ? 'a' : outer}></x>`,
    'a.sh': (all) => all.map(([key, text]) => `export ${key.replaceAll(/\W/g, '_')}="${text}"\n`).join(''),
    'a.service': (all) => `[Service]\n${all.map(([key, text]) => `Environment="${key.replaceAll(/\W/g, '_')}=${text}"\n`).join('')}`,
  };
  it.for(Object.keys(KINDS))('of what %s makes a connection of', (path) => {
    let found = 0;
    property(
      fc.tuple(entries, around),
      ([all, outer]) => {
        const text = KINDS[path]?.(all, outer) ?? '';
        if (!holds(read(path, text))) return;
        found++;
        expect(passes(path, text)).toBe(true);
      },
      5_000,
    );
    expect(found).toBeGreaterThan(200);
  });

  it.for([
    ['a.json', '{ "u": "\\u0070ostgres://h/d" }'],
    ['a.json', "{ u: 'p\\ostgres://h/d' }"],
    ['a.yaml', 'u: "\\x70ostgres://h/d"'],
    ['a.yaml', 'u: "post\\\n  gres://h/d"'],
    ['a.toml', 'u = "\\U00000070ostgres://h/d"'],
    ['a.properties', 'u=p\\ostgres\\://h/d'],
    ['a.properties', 'u=post\\\n  gres://h/d'],
    ['a.yaml', 'u: "x\\ndb_url"\ndb_url: ${X}'],
  ])('of escapes: %s %j', ([path = '', text = '']) => {
    expect(holds(read(path, text))).toBe(true);
    expect(passes(path, text)).toBe(true);
  });
});

describe('the pre-filter is tight', () => {
  const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      serviceAccountName: web\n      hostNetwork: false\n      containers:\n        - name: web\n          image: registry.example.com/web:1.2.0\n          env:\n            - name: API_HOST\n              value: api.example.com\n            - name: TOKEN\n              valueFrom: { secretKeyRef: { name: web, key: token } }\n          ports:\n            - containerPort: 8080\n          securityContext: { runAsUser: 1000 }\n';
  const WORKFLOW = 'name: CI\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    services:\n      redis: { image: "redis:7" }\n    steps:\n      - uses: actions/checkout@v4\n        with: { token: "${{ secrets.TOKEN }}" }\n      - run: curl https://example.com/login --user "$USER"\n';
  it.for([
    ['a.yaml', DEPLOYMENT],
    ['a.yaml', WORKFLOW],
    ['openapi.yaml', 'openapi: 3.0.0\nservers:\n  - url: https://api.example.com\npaths:\n  /users:\n    get:\n      summary: Lists users by their address and host\n'],
    ['a.json', '{ "name": "Caf\\u00e9", "html": "\\u003cb\\u003e", "quote": "\\"x\\"\\n", "path": "C:\\\\x", "icon": "logo.jpg", "host": "example.com", "id": 154329 }'],
    ['package.json', '{ "name": "web", "scripts": { "build": "tsc" }, "dependencies": { "express": "^4" }, "repository": { "url": "https://example.com/x.git" } }'],
    ['Cargo.toml', '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nserde = "1"\n'],
    ['main.tf', 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs-${var.env}"\n  tags = { user = "x" }\n}\n'],
    ['messages.properties', 'user.login=Log in\nserver.error=The server did not answer.\n'],
  ])('%s is not read: %s', ([path = '', text = '']) => {
    expect(holds(read(path, text))).toBe(false);
    expect(passes(path, text)).toBe(false);
  });
});
