import { execFile, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { page } from '../pages.ts';
import { issue } from './pki.ts';
import { folderOf } from './run.ts';
import { type Behaviour, listen, start } from './servers.ts';

/*
 * The errors that docs/tls.md explains are those that drivers really give: provoked here, and looked for among its headings
 * and first lines.
 */

const root = await issue('CN=Example Root', null, { ca: true });
const other = await issue('CN=Other Root', null, { ca: true });
const good = await issue('CN=localhost', root, { names: ['localhost'] });
const self = await issue('CN=localhost', null, { names: ['localhost'] });
const named = await issue('CN=other', root, { names: ['other.example.net'] });
const expired = await issue('CN=localhost', root, { names: ['localhost'], from: -10, to: -1 });
const files = { 'root.pem': root.cert, 'other.pem': other.cert, 'empty.pem': '' };

/** The part of pg that is used here: it brings no types. */
interface Pg {
  readonly Client: new (options: { readonly connectionString: string }) => { on(event: 'error', listener: () => void): { connect(): Promise<void> } };
}
const { Client } = createRequire(import.meta.url)('pg') as Pg;

const PG_HBA = 'no pg_hba.conf entry for host "…", user "…", database "…", no encryption';

interface Row {
  readonly heading: string;
  readonly server: Behaviour | 'http';
  readonly query: string;
  /** What each driver says, one of these; `…` stands for what is different each time. None where the driver is not asked. */
  readonly psql: readonly string[];
  readonly pg: readonly string[];
}

const VERSIONS = ['unsupported protocol', 'tlsv1 alert protocol version'];

const ROWS: readonly Row[] = [
  { heading: '`certificate verify failed`', server: { shows: [good] }, query: 'sslmode=verify-full&sslrootcert=other.pem', psql: ['certificate verify failed'], pg: ['unable to verify the first certificate'] },
  { heading: '`self-signed certificate in certificate chain`', server: { shows: [good, root] }, query: 'sslmode=verify-full&sslrootcert=other.pem', psql: [], pg: ['self-signed certificate in certificate chain'] },
  { heading: '`self-signed certificate`', server: { shows: [self] }, query: 'sslmode=verify-full&sslrootcert=other.pem', psql: [], pg: ['self-signed certificate'] },
  { heading: '`certificate has expired`', server: { shows: [expired] }, query: 'sslmode=verify-full&sslrootcert=root.pem', psql: [], pg: ['certificate has expired'] },
  { heading: '`server certificate for "…" does not match host name`', server: { shows: [named] }, query: 'sslmode=verify-full&sslrootcert=root.pem', psql: ['server certificate for "…" does not match host name'], pg: ["Hostname/IP does not match certificate's altnames"] },
  { heading: '`root certificate file "…" does not exist`', server: { shows: [good] }, query: 'sslmode=verify-full&sslrootcert=nowhere.pem', psql: ['root certificate file "…" does not exist'], pg: ['ENOENT: no such file or directory'] },
  { heading: '`could not read root certificate file`', server: { shows: [good] }, query: 'sslmode=require&sslrootcert=empty.pem', psql: ['could not read root certificate file'], pg: [] },
  { heading: `\`${PG_HBA}\``, server: { shows: [good] }, query: 'sslmode=disable', psql: [PG_HBA], pg: [PG_HBA] },
  { heading: '`The server does not support SSL connections`', server: { plaintext: 'password-asked' }, query: 'sslmode=require', psql: ['server does not support SSL, but SSL was required'], pg: ['The server does not support SSL connections'] },
  { heading: VERSIONS.map((text) => `\`${text}\``).join(', '), server: { shows: [good], versions: { min: 'TLSv1', max: 'TLSv1.1' } }, query: 'sslmode=require', psql: VERSIONS, pg: VERSIONS },
  { heading: '`received invalid response to SSL negotiation`', server: 'http', query: 'sslmode=require', psql: ['received invalid response to SSL negotiation'], pg: [] },
];

const psqlIsHere = ((): boolean => {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.for(ROWS)('$heading', ({ heading, server, query, psql, pg }) => {
  /** The connection string, with the server running and the files there. */
  async function connection(): Promise<{ readonly url: string; readonly folder: string }> {
    const folder = folderOf(files);
    const port = server === 'http' ? await listen((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))) : (await start(server)).port;
    return { folder, url: `postgres://app:x@localhost:${port}/app?${query.replace('sslrootcert=', `sslrootcert=${folder}/`)}` };
  }

  it('has a section', () => {
    expect(page('docs/tls.md').split('\n')).toContain(`### ${heading}`);
  });

  if (pg.length > 0) it('is what node-postgres says', async () => {
    const { url } = await connection();
    expect(await messageOf(url)).toMatch(oneOf(pg));
    for (const phrase of pg) expect(section(heading)).toContain(phrase);
  });

  if (psql.length > 0) it.skipIf(!psqlIsHere)('is what psql says', { timeout: 30_000 }, async () => {
    const { url, folder } = await connection();
    const env = { ...process.env, HOME: folder, PGGSSENCMODE: 'disable', LC_ALL: 'C' };
    const said = await new Promise<string>((resolve) => {
      execFile('psql', [url, '-w', '-c', 'select 1'], { env }, (_, __, stderr) => { resolve(stderr); });
    });
    expect(said).toMatch(oneOf(psql));
    for (const phrase of psql) expect(section(heading)).toContain(phrase);
  });
});

/** What node-postgres throws, at once or later. */
async function messageOf(connectionString: string): Promise<string> {
  try {
    await new Client({ connectionString }).on('error', () => undefined).connect();
    return 'it connects';
  } catch (error) {
    return (error as Error).message;
  }
}

function oneOf(phrases: readonly string[]): RegExp {
  return new RegExp(phrases.map((phrase) => phrase.replace(/[.()]/g, String.raw`\$&`).replaceAll('…', '[^"]*')).join('|'));
}

function section(heading: string): string {
  const text = page('docs/tls.md');
  const from = text.indexOf(`### ${heading}\n`);
  const to = text.indexOf('\n### ', from + 1);
  return text.slice(from, to < 0 ? undefined : to);
}
