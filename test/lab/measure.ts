import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Mode } from '@sslmode/core';
import type { Cell } from './cells.ts';
import { type Certificates, HOST, makeCertificates } from './certificates.ts';
import { type Reply, type Task, type Written, isWritten } from './drivers/serve.ts';
import { ENDPOINTS, type Endpoint, type EndpointName, type Seen, startEndpoint } from './impostor.ts';
import { type LabDriver, commandOf } from './roster.ts';
import { type AuthenticServer, PASSWORD, USER, startServer } from './server.ts';

/** What one setting really does. */
export interface Measured extends Cell {
  readonly effective: Mode | 'error';
  /** What each impostor got: `tls`, `plaintext`, or both in the order in which they came, `direct tls` without a request for it; `+password` behind it where that came as well. */
  readonly got: Readonly<Partial<Record<EndpointName, string>>>;
  /** Whether the login at PostgreSQL itself went through; `null` where it was not asked. */
  readonly authentic: boolean | null;
  /** What the driver said last where nothing went through. */
  readonly error?: string;
}

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
    authentic ? startServer(certificates, folder) : Promise.resolve({ unavailable: 'not asked for' }),
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

/** A driver's own process. */
class DriverProcess {
  readonly version: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>, lines: AsyncIterator<string>, version: string) {
    this.#child = child;
    this.#lines = lines;
    this.version = version;
  }

  static async start(driver: LabDriver, { certificates, folder }: Lab): Promise<DriverProcess> {
    const { PATH, TMPDIR } = process.env;
    const command = commandOf(driver);
    if ('unavailable' in command) throw new Error(command.unavailable);
    const [file, ...parameters] = command;
    const env = {
      // Nothing of this machine's settings; the lab's root is among the public ones, for Node and for OpenSSL.
      ...{ PATH, TMPDIR, HOME: certificates.homes.absent, NODE_EXTRA_CA_CERTS: certificates.files.root, SSL_CERT_FILE: certificates.files.root },
      ...(isOfLibpq(driver) ? { PGCONNECT_TIMEOUT: '3' } : {}),
      ...(driver.runtime === 'deno' ? { DENO_CERT: certificates.files.root, DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1' } : {}),
    };
    const child = spawn(file, parameters, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { version } = (await next(lines)) as { version: string };
    return new DriverProcess(child, lines, version);
  }

  async run(task: Task): Promise<Reply> {
    this.#child.stdin.write(`${JSON.stringify(task)}\n`);
    return (await next(this.#lines)) as Reply;
  }

  close(): void {
    this.#child.kill();
  }
}

/** Whether it reads libpq's variables itself, host and login among them. */
function isOfLibpq({ id }: LabDriver): boolean {
  return id === 'libpq' || id === 'pg-native';
}

async function next(lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next();
  if (line.done === true) throw new Error('its process ended');
  return JSON.parse(line.value);
}

/** Measures settings with one driver, in order. The version is what the driver's process says of itself. */
export async function measure(driver: LabDriver, cells: readonly Cell[], lab: Lab): Promise<{ readonly version: string; readonly cells: readonly Measured[] }> {
  let child = await DriverProcess.start(driver, lab);
  const run = async (task: Task): Promise<Reply> => {
    const reply = await child.run(task);
    // What it still sends must not be taken for the next cell's; and what Bun once read of this variable, it keeps.
    if ((!reply.ok && reply.unfinished) || (driver.runtime === 'bun' && 'NODE_TLS_REJECT_UNAUTHORIZED' in task.environment)) {
      child.close();
      child = await DriverProcess.start(driver, lab);
    }
    return reply;
  };
  const { version } = child;
  try {
    const measured: Measured[] = [];
    for (const cell of cells) measured.push(await measureCell(run, driver, cell, lab));
    return { version, cells: measured };
  } finally {
    child.close();
  }
}

async function measureCell(run: (task: Task) => Promise<Reply>, driver: LabDriver, cell: Cell, lab: Lab): Promise<Measured> {
  const seen: Partial<Record<EndpointName, Seen>> = {};
  const errors: string[] = [];
  for (const endpoint of lab.endpoints) {
    const reply = await run(taskOf(driver, cell, { ...endpoint, database: 'app' }, lab.certificates));
    if (!reply.ok && endpoint.name === 'good') errors.push(reply.error);
    seen[endpoint.name] = await endpoint.take();
  }
  // PostgreSQL takes no TLS on a Unix socket, whatever a client would do with a server that did.
  const asked = lab.server !== null && !JSON.stringify(cell).includes('{socket}');
  const login = asked ? await run(taskOf(driver, cell, { ...lab.server, database: 'postgres' }, lab.certificates)) : null;
  if (login?.ok === false) errors.push(login.error);
  const error = errors.at(-1);
  const effective = effectiveOf(seen as Record<EndpointName, Seen>, login?.ok ?? null);
  const got = Object.fromEntries(Object.entries(seen).map(([name, what]) => [name, summary(what)] as const).filter(([, what]) => what !== ''));
  return { ...cell, effective, got, authentic: login?.ok ?? null, ...(effective === 'error' && error !== undefined ? { error: anonymous(error, lab) } : {}) };
}

interface Place {
  readonly port: number;
  readonly socketFolder: string;
  readonly database: string;
}

/** A cell with everything that stands for something filled in. */
function taskOf(driver: LabDriver, cell: Cell, place: Place, { files, homes }: Certificates): Task {
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
      .replace(/\/app$|dbname=app/, (name) => name.replace('app', place.database));
  const environment: Record<string, string | null> = Object.fromEntries(Object.entries(cell.environment ?? {}).map(([name, value]) => [name, fill(value)]));
  if (cell.rootCertificate !== undefined) environment.HOME = homes[cell.rootCertificate];
  let options: unknown = cell.options === undefined ? null : map(cell.options, fill);
  if (cell.string === undefined) {
    if (driver.id === 'libpq') Object.assign(environment, { PGHOST: HOST, PGPORT: String(place.port), PGUSER: USER, PGPASSWORD: PASSWORD, PGDATABASE: place.database });
    // A Unix socket is looked for under the port's number.
    else options = { host: HOST, port: JSON.stringify(cell.options).includes('{socket}') ? 5432 : place.port, user: USER, password: PASSWORD, database: place.database, ...(options as object) };
  }
  return { string: cell.string === undefined ? null : fill(cell.string), options, environment };
}

/** The options with their texts filled in. */
function map(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isWritten(value)) return value.$ === 'file' ? ({ ...value, path: fill(value.path) } satisfies Written) : value;
  return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, map(property, fill)]));
}

/** The mode that what went over the wire amounts to. It knows nothing of settings, and nothing of the models. */
function effectiveOf(seen: Readonly<Record<EndpointName, Seen>>, authentic: boolean | null): Mode | 'error' {
  const all = Object.values(seen);
  const startups = all.flatMap((one) => one.startups);
  if (startups.length === 0 || authentic === false) return 'error';
  if (startups.some(({ over }) => over === 'plaintext')) {
    if (all.every((one) => one.negotiations.length === 0)) return 'disable';
    return seen.good.startups[0]?.over === 'plaintext' ? 'allow' : 'prefer';
  }
  const trusts = (name: EndpointName): boolean => seen[name].startups.length > 0;
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
  return message.replaceAll(folder, '…').replace(/\b(port|:)\s?\d{4,5}\b/g, '$1 …').split('\n').slice(0, 3).join(' ').trim();
}
