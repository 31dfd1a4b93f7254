import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presetPolicy } from '@sslmode/core/project';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../packages/cli/src/doctor/examine.ts';
import { thisMachine } from '../../packages/cli/src/doctor/machine.ts';
import type { DriverReport } from '../../packages/cli/src/doctor/report.ts';
import { PASSWORD, USER, startServer } from '../lab/server.ts';
import { loadLibpq } from '../libpq.ts';
import { issue } from '../probe/pki.ts';

/*
 * What doctor says of libpq, held against libpq: it logs in to a PostgreSQL that has TLS, with the files of a home folder
 * as each row has them.
 */

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sslmode-doctor-')));
chmodSync(folder, 0o755);
const root = await issue('CN=Doctor Root', null, { ca: true });
const good = await issue('CN=localhost', root, { names: ['localhost'] });
const client = await issue(`CN=${USER}`, root);
const libpq = await loadLibpq();
const before = process.env.HOME;
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  const own = join(folder, 'server');
  mkdirSync(own);
  chmodSync(own, 0o755);
  server = await startServer({ good }, own);
}, 120_000);

afterAll(async () => {
  if (before === undefined) delete process.env.HOME;
  else process.env.HOME = before;
  if ('close' in server) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Row {
  readonly what: string;
  readonly mode: string;
  readonly files: Readonly<Record<string, string>>;
  readonly string?: string;
  readonly key?: number;
  /** Of the key, where this process is root. */
  readonly owner?: number;
}

const pair = { 'postgresql.crt': client.cert, 'postgresql.key': client.key };
const ROWS: readonly Row[] = [
  { what: 'nothing', mode: 'require', files: {} },
  { what: 'nothing', mode: 'verify-full', files: {} },
  { what: 'the root', mode: 'verify-full', files: { 'root.crt': root.cert } },
  { what: 'an empty root.crt', mode: 'verify-full', files: { 'root.crt': '' } },
  { what: 'an empty root.crt', mode: 'require', files: { 'root.crt': '' } },
  { what: 'an empty root.crt', mode: 'disable', files: { 'root.crt': '' } },
  { what: 'a root.crt that is none', mode: 'require', files: { 'root.crt': '<html>' } },
  { what: 'a file of roots named that is not there', mode: 'require', files: {}, string: ' sslrootcert=/nowhere.pem' },
  { what: 'a file of roots named that is not there', mode: 'verify-ca', files: {}, string: ' sslrootcert=/nowhere.pem' },
  { what: 'a file of roots named that is none, beside the root', mode: 'require', files: { 'root.crt': root.cert }, string: ' sslrootcert=/dev/null' },
  { what: 'a key that nobody else may read', mode: 'require', files: pair, key: 0o600 },
  { what: 'a key that the group may read', mode: 'require', files: pair, key: 0o640 },
  { what: 'a key that the group of somebody else may read', mode: 'require', files: pair, key: 0o640, owner: 65_534 },
  { what: 'a key that everybody may read', mode: 'require', files: pair, key: 0o644 },
  { what: 'a key that the group may write', mode: 'require', files: pair, key: 0o660 },
  { what: 'a key that everybody may read, without TLS', mode: 'disable', files: pair, key: 0o644 },
  { what: 'a certificate without its key', mode: 'require', files: { 'postgresql.crt': client.cert } },
  { what: 'a key without its certificate', mode: 'require', files: { 'postgresql.key': client.key }, key: 0o644 },
];

describe('doctor and libpq agree about a home folder', () => {
  it.for(ROWS)('with $what, in $mode', { timeout: 60_000 }, ({ mode, files, key, owner, string: more = '' }, { skip }) => {
    if (!('port' in server)) return skip(server.unavailable);
    if (!('connect' in libpq)) return skip(libpq.unavailable);
    if (owner !== undefined && process.getuid?.() !== 0) return skip('only root gives files away');
    const home = mkdtempSync(join(folder, 'home-'));
    mkdirSync(join(home, '.postgresql'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(home, '.postgresql', name), text);
    const keyFile = join(home, '.postgresql', 'postgresql.key');
    if (key !== undefined) chmodSync(keyFile, key);
    if (owner !== undefined) chownSync(keyFile, owner, owner);
    const string = `host=localhost port=${server.port} user=${USER} password=${PASSWORD} dbname=postgres sslmode=${mode} gssencmode=disable connect_timeout=30${more}`;
    process.env.HOME = home;
    const result = libpq.connect(string);
    const fails = failuresOfLibpq(home, string);
    expect({ result, fails: fails.length > 0 }).toEqual({ result, fails: !result.ok });
  });
});

function failuresOfLibpq(home: string, string: string): readonly string[] {
  const output = { isTTY: false, write: () => undefined };
  const machine = thisMachine({ cwd: home, env: { HOME: home }, stdout: output, stderr: output, now: () => new Date(), readStdin: () => Promise.resolve(new Uint8Array()) });
  const report = examine(machine, { policy: presetPolicy('sslmode:recommended'), path: 'sslmode', string, publicRoots: new Set(), now: new Date() });
  return report.connection?.drivers.find(({ driver }: DriverReport) => driver === 'libpq')?.fails ?? ['there is no libpq in the report'];
}
