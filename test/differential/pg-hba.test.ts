import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseHba, readHba } from '../../packages/core/src/files/servers/pg-hba.ts';
import { PASSWORD, USER, startServer } from '../lab/server.ts';
import { issue } from '../probe/pki.ts';

/*
 * pg_hba.conf as PostgreSQL itself reads it: its view pg_hba_file_rules says what each line means, and a client without TLS
 * whether it is let in.
 */

/** What is needed of pg, which brings no types. */
interface Client {
  on(event: 'error', listener: () => void): void;
  connect(): Promise<void>;
  query(text: string): Promise<{ readonly rows: readonly Row[] }>;
  end(): Promise<void>;
}
const { Client } = createRequire(import.meta.url)('pg') as { readonly Client: new (options: object) => Client };

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sslmode-hba-')));
const file = join(folder, 'hba.conf');
let server: Awaited<ReturnType<typeof startServer>>;
let admin: Client | undefined;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  writeFileSync(file, 'local all all trust\n');
  server = await startServer({ good: await issue('CN=localhost', null) }, folder, { hba_file: file });
  if (!('port' in server)) return;
  admin = new Client({ host: server.socketFolder, port: server.port, user: USER, database: 'postgres' });
  await admin.connect();
}, 120_000);

afterAll(async () => {
  await admin?.end();
  if ('port' in server) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Row {
  readonly line_number: number;
  readonly type: string | null;
  readonly database: readonly string[] | null;
  readonly user_name: readonly string[] | null;
  readonly auth_method: string | null;
  readonly error: string | null;
}

const address = fc.constantFrom('127.0.0.1/32', '127.0.0.0/8', '0.0.0.0/0', 'all', 'samehost', '10.0.0.0/8', '::/0', '127.0.0.1 255.255.255.255', '0.0.0.0 0.0.0.0', 'localhost');
const word = (...words: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...words);
const line = fc
  .tuple(
    word('host', 'host', 'hostssl', 'hostnossl', 'hostnogssenc'),
    word('all', 'postgres', 'other', 'postgres,other', 'other, postgres', '"all"', 'replication', 'sameuser'),
    word('all', USER, 'bob', `bob,${USER}`, `"${USER}"`),
    address,
    word('scram-sha-256', 'md5', 'reject', 'trust', 'password'),
    word(' ', '\t', '   ', ' \\\n '),
    word('', '', ' # said', ' map=x'),
  )
  .map(([type, database, user, where, method, space, rest]) => [type, database, user, where, method].join(space) + (method === 'reject' || rest !== ' map=x' ? rest.replace(' map=x', '') : ''));

describe('pg_hba.conf', () => {
  const runs = Number(process.env.SSLMODE_HBA_RUNS ?? 60);

  it('has the columns that PostgreSQL finds', { timeout: 300_000 }, async ({ skip }) => {
    const client = admin;
    if (client === undefined) return skip('unavailable' in server ? server.unavailable : 'no server');
    const odd = fc.oneof(line, word('host all all', 'host all all 127.0.0.1/32 nonsense', 'nonsense', '', '# host all all all trust', 'host all "a b" all md5', 'local all all peer', 'host all all 127.0.0.1/32 cert', 'hostgssenc all all all gss'));
    await fc.assert(
      fc.asyncProperty(fc.array(odd, { maxLength: 8 }), async (lines) => {
        const text = `local all all trust\n${lines.join('\n')}\n`;
        writeFileSync(file, text);
        const { rows } = await client.query('select line_number, type, database, user_name, auth_method, error from pg_hba_file_rules order by line_number');
        const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
        const { entries } = parseHba(text);
        const valid = rows.filter(({ error }) => error === null);
        for (const row of valid) {
          const entry = entries.find(({ span }) => lineOf(span.start) === row.line_number);
          const [type, databases, users, ...rest] = (entry?.fields ?? []).map((field) => field.map((each) => each.text));
          expect(type).toEqual([row.type]);
          const bare = (names: readonly string[] | null): readonly string[] => (names ?? []).map((name) => name.replaceAll('"', ''));
          expect([databases, users]).toEqual([bare(row.database), bare(row.user_name)]);
          expect(rest.flat()).toContain(row.auth_method);
        }
        // Nothing is said of a line that PostgreSQL refuses.
        const read = readHba(entries, 'PostgreSQL').map(({ span }) => lineOf(span.start));
        const good = new Set(valid.map((row) => row.line_number));
        expect(read.filter((number) => !good.has(number))).toEqual([]);
      }),
      { numRuns: runs * 3 },
    );
  });

  it('lets nobody in without TLS whom no line of ours lets in', { timeout: 300_000 }, async ({ skip }) => {
    const client = admin;
    if (client === undefined || !('port' in server)) return skip('unavailable' in server ? server.unavailable : 'no server');
    const { port } = server;
    const outcomes = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (lines) => {
        const text = `local all all trust\n${lines.join('\n')}\n`;
        writeFileSync(file, text);
        const { rows } = await client.query('select error from pg_hba_file_rules where error is not null');
        // PostgreSQL keeps what it had.
        if (rows.length > 0) return;
        await client.query('select pg_reload_conf()');
        const said = readHba(parseHba(text).entries, 'PostgreSQL').some(({ weakest }) => weakest !== 'require');
        outcomes.add(said);
        // The reload takes a moment: what is let in by mistake must stay so.
        for (let attempt = 0; ; attempt++) {
          const isIn = await letsIn(port);
          if (!isIn || said) return;
          if (attempt === 20) throw new Error('let in without TLS by no line of ours');
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }),
      { numRuns: runs },
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });
});

async function letsIn(port: number): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres', ssl: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
