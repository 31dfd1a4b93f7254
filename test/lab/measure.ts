import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mode } from '@sslmode/core';
import postgres from 'postgres';
import type { Cell } from './cells.ts';
import { type Certificates, HOST, makeCertificates } from './certificates.ts';
import { type Reply, type Task, type Written, isWritten } from './drivers/serve.ts';
import { ENDPOINTS, type Endpoint, type EndpointName, type Seen, startEndpoint } from './impostor.ts';
import { DriverProcess } from './process.ts';
import { keepsEnvironment } from './programs.ts';
import type { LabDriver } from './roster.ts';
import { type AuthenticServer, PASSWORD, USER, startServer } from './server.ts';

/** What one setting really does. */
export interface Measured extends Cell {
  readonly effective: Mode | 'error';
  /** What each impostor got: `tls`, `plaintext`, or both in the order in which they came, `direct tls` without a request for it; `+password` behind it where that came as well. */
  readonly got: Readonly<Partial<Record<EndpointName, string>>>;
  /** Which of PostgreSQL's databases let it in; `null` where they were not asked. */
  readonly authentic: readonly Database[] | null;
  /** What the driver said last where nothing went through. */
  readonly error?: string;
}

/** The databases of PostgreSQL itself, each with a line of its own in pg_hba.conf: what kind of line it is. */
const DATABASES = ['host', 'hostssl', 'hostnossl'] as const;
type Database = (typeof DATABASES)[number];

/** Servers and files, shared by the drivers that are measured one after another. */
export interface Lab {
  readonly certificates: Certificates;
  readonly endpoints: readonly Endpoint[];
  /** `null` where it is not wanted or can't run here. */
  readonly server: AuthenticServer | null;
  /** Why there is no server. */
  readonly unavailable: string | null;
  readonly folder: string;
  close(): Promise<void>;
}

/** Starts everything that drivers connect to. */
export async function openLab({ authentic }: { readonly authentic: boolean }): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'sslmode-lab-'));
  // PostgreSQL's own user has to come in.
  chmodSync(folder, 0o755);
  const certificates = await makeCertificates(folder);
  const names = Object.keys(ENDPOINTS) as EndpointName[];
  const [server, ...endpoints] = await Promise.all([
    authentic ? startAuthentic(certificates, folder) : Promise.resolve({ unavailable: 'not asked for' }),
    ...names.map((name) => startEndpoint(name, certificates, folder)),
  ]);
  const running = 'unavailable' in server ? null : server;
  return {
    certificates,
    endpoints,
    server: running,
    unavailable: 'unavailable' in server ? server.unavailable : null,
    folder,
    async close() {
      for (const endpoint of endpoints) endpoint.close();
      await running?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL with a database for each kind of line. */
async function startAuthentic(certificates: Certificates, folder: string): ReturnType<typeof startServer> {
  const rules = join(folder, 'pg_hba.conf');
  writeFileSync(rules, [...DATABASES.map((kind) => `${kind} ${kind} all 127.0.0.1/32 scram-sha-256`), 'host postgres all 127.0.0.1/32 scram-sha-256', ''].join('\n'));
  const server = await startServer(certificates, folder, { hba_file: rules });
  if ('unavailable' in server) return server;
  const sql = postgres({ host: '127.0.0.1', port: server.port, user: USER, password: PASSWORD, database: 'postgres', max: 1 });
  for (const name of DATABASES) await sql`create database ${sql(name)}`;
  await sql.end();
  return server;
}

/** Measures settings with one driver, in order. The version is what the driver's process says of itself. */
export async function measure(driver: LabDriver, cells: readonly Cell[], lab: Lab, progress: (done: number) => void = () => undefined): Promise<{ readonly version: string; readonly cells: readonly Measured[] }> {
  const start = (environment: Task['environment']): Promise<DriverProcess> => DriverProcess.start(driver, lab, environment);
  let child = await start({});
  let ownEnvironment = '{}';
  let isSpent = false;
  const run = async (task: Task): Promise<Reply> => {
    const environment = keepsEnvironment(driver) ? task.environment : {};
    const wanted = JSON.stringify(environment);
    if (isSpent || wanted !== ownEnvironment) {
      child.close();
      child = await start(environment);
      ownEnvironment = wanted;
    }
    const reply = await child.run(task);
    // What it still sends must not be taken for the next cell's.
    isSpent = !reply.ok && reply.unfinished;
    return reply;
  };
  const { version } = child;
  try {
    const measured: Measured[] = [];
    for (const cell of cells) {
      measured.push(await measureCell(run, driver, cell, lab));
      progress(measured.length);
    }
    return { version, cells: measured };
  } finally {
    child.close();
  }
}

async function measureCell(run: (task: Task) => Promise<Reply>, driver: LabDriver, cell: Cell, lab: Lab): Promise<Measured> {
  const seen: Partial<Record<EndpointName, Seen>> = {};
  const errors: string[] = [];
  // PostgreSQL takes no TLS on a Unix socket, whatever a client would do with a server that did.
  const server = driver.knowsScram === false || JSON.stringify(cell).includes('{socket}') ? null : lab.server;
  const lets: Database[] = [];
  for (const endpoint of lab.endpoints) {
    const reply = await run(taskOf(driver, cell, { ...endpoint, database: 'app' }, lab));
    seen[endpoint.name] = await endpoint.take();
    if (endpoint.name !== 'good') continue;
    if (!reply.ok) errors.push(reply.error);
    // Who doesn't come to the first door can't tell it from the others; and waiting at each takes its time.
    if (seen.good?.connections === 0) break;
  }
  for (const database of DATABASES) {
    if (server === null || seen.good?.connections === 0) break;
    const reply = await run(taskOf(driver, cell, { ...server, database }, lab));
    if (reply.ok) lets.push(database);
    else if (database === 'host') errors.push(reply.error);
  }
  const authentic = server === null ? null : lets;
  const error = errors.at(-1);
  const effective = effectiveOf(seen, authentic);
  const got = Object.fromEntries(Object.entries(seen).map(([name, what]) => [name, summary(what)] as const).filter(([, what]) => what !== ''));
  return { ...cell, effective, got, authentic, ...(effective === 'error' && error !== undefined ? { error: anonymous(error, lab) } : {}) };
}

interface Place {
  readonly port: number;
  readonly socketFolder: string;
  readonly database: string;
}

/** A cell with everything that stands for something filled in. */
function taskOf(driver: LabDriver, cell: Cell, place: Place, { certificates: { files, homes }, folder }: Lab): Task {
  const fill = (text: string): string =>
    text
      .replaceAll('{server}', `${HOST}:${String(place.port)}`)
      .replaceAll('{host}', HOST)
      .replaceAll('{port}', String(place.port))
      .replaceAll('{socket}', place.socketFolder)
      .replaceAll('{root}', files.root)
      .replaceAll('{cert}', files.clientCert)
      .replaceAll('{key}', files.clientKey)
      .replace('/app?', `/${place.database}?`)
      .replace(/\/app$|(?:dbname|Database)=app\b/, (name) => name.replace(/app$/, place.database));
  const environment: Record<string, string | null> = Object.fromEntries(Object.entries(cell.environment ?? {}).map(([name, value]) => [name, fill(value)]));
  if (cell.rootCertificate !== undefined) environment.HOME = homes[cell.rootCertificate];
  if (cell.service !== undefined) {
    const file = join(folder, 'pg_service.conf');
    writeFileSync(file, ['[lab]', ...cell.service.map(fill), ''].join('\n'));
    Object.assign(environment, { PGSERVICE: 'lab', PGSERVICEFILE: file });
  }
  let options: unknown = cell.options === undefined ? null : map(cell.options, fill);
  if (cell.string === undefined && cell.service === undefined) {
    if (cell.options === undefined) Object.assign(environment, { PGHOST: HOST, PGPORT: String(place.port), PGUSER: USER, PGPASSWORD: PASSWORD, PGDATABASE: place.database });
    // A Unix socket is looked for under the port's number.
    else options = { host: HOST, port: JSON.stringify(cell.options).includes('{socket}') ? 5432 : place.port, user: USER, password: PASSWORD, database: place.database, ...(options as object) };
  }
  return { string: cell.string === undefined ? null : fill(cell.string), options, environment };
}

/** The options with their texts filled in. */
function map(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isWritten(value)) return 'path' in value ? ({ ...value, path: fill(value.path) } satisfies Written) : value;
  return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, map(property, fill)]));
}

/** The mode that what went over the wire amounts to. It knows nothing of settings, and nothing of the models. */
function effectiveOf(seen: Readonly<Partial<Record<EndpointName, Seen>>>, authentic: readonly Database[] | null): Mode | 'error' {
  const all = Object.values(seen);
  const startups = all.flatMap((one) => one.startups);
  if (startups.length === 0 || authentic?.length === 0) return 'error';
  if (startups.some(({ over }) => over === 'plaintext')) {
    if (all.every((one) => one.negotiations.length === 0)) return 'disable';
    return seen.good?.startups[0]?.over === 'plaintext' ? 'allow' : 'prefer';
  }
  const trusts = (name: EndpointName): boolean => (seen[name]?.startups.length ?? 0) > 0;
  if (trusts('self-signed')) return 'require';
  return trusts('wrong-name') ? 'verify-ca' : 'verify-full';
}

function summary({ startups, negotiations, passwords }: Seen): string {
  const overs = startups.map(({ over }) => (over === 'tls' && negotiations.at(-1) === 'direct' ? 'direct tls' : over));
  // How often it tries the same again is no matter of TLS, and differs from run to run.
  const tried = overs.filter((over, at) => over !== overs[at - 1]);
  return [...tried, ...(passwords.length > 0 ? ['password'] : [])].join(', ').replace(/, password$/, ' + password');
}

/** A driver's message without what differs from run to run. */
function anonymous(message: string, { folder }: Lab): string {
  // Perl says where it died: a place on this machine.
  const said = message.replaceAll(folder, '…').replace(/ at \S+ line \d+\./g, '');
  return said.replace(/\bport=\d{4,5}\b/g, 'port=…').replace(/\b(port|:)\s?\d{4,5}\b/g, '$1 …').split('\n').slice(0, 3).join(' ').trim();
}
