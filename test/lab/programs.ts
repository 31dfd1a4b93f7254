import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { LabDriver } from './roster.ts';

const run = promisify(execFile);

/** How long npm, apt and compilers may take: none of them may keep the lab waiting for ever. */
const LIMIT = { timeout: 600_000, killSignal: 'SIGKILL' } as const;

/** Where Debian has what its packages bring. */
const DEBIAN = { crates: '/usr/share/cargo/registry', cargo: '/usr/bin/cargo', rustc: '/usr/bin/rustc', python: '/usr/bin/python3', go: '/usr/lib/go-1.19/bin/go', goPath: '/usr/share/gocode', jars: ['postgresql.jar', 'gson.jar'].map((name) => `/usr/share/java/${name}`) };

/** The command that runs a driver's program, once everything is there; or why there is none here. */
export function commandOf(driver: LabDriver): readonly [command: string, ...parameters: string[]] | { readonly unavailable: string } {
  const { program, argument, runtime, brings, node, version } = driver;
  const file = fileOf(driver);
  const rest = [file, ...(argument === undefined ? [] : [argument])];
  switch (extname(program)) {
    case '.py':
      return [DEBIAN.python, ...rest];
    case '.rb':
      return ['ruby', ...rest];
    case '.php':
      // Neither Doctrine nor Laravel knows its version; the lab says what Debian's package has.
      return ['php', ...rest, ...(argument === undefined ? [] : [version])];
    case '.pl':
      return ['perl', ...rest];
    case '.java':
      return ['java', '-XX:TieredStopAtLevel=1', '-cp', [builtOf(driver), ...DEBIAN.jars].join(':'), basename(program, '.java')];
    case '.go':
      return [builtOf(driver), argument ?? '', version];
    case '.rs':
      return [join(cacheOf('cargo'), 'debug', basename(program, '.rs')), version, ...rest.slice(1)];
  }
  if (node !== undefined) return [join(cacheOf(nodePackage(node)), 'node_modules', nodeName(), 'bin', 'node'), builtOf(driver), ...rest.slice(1)];
  if (runtime === undefined) return [process.execPath, '--import', 'tsx', ...rest, ...(brings === undefined ? [] : [cacheOf(brings)])];
  const binary = binaryOf(runtime, brings === undefined ? import.meta.url : join(cacheOf(brings), 'index.js'));
  if (binary === undefined) return { unavailable: `npm brings no ${brings ?? runtime} for ${process.platform}-${process.arch}` };
  return runtime === 'bun' ? [binary, 'run', ...rest] : [binary, 'run', '--quiet', '--no-check', '--allow-all', ...rest];
}

/** Whether each environment needs a process of its own: Bun never forgets NODE_TLS_REJECT_UNAUTHORIZED, and Java can't set a variable. */
export function keepsEnvironment({ runtime, program }: LabDriver): boolean {
  return runtime === 'bun' || extname(program) === '.java';
}

/** Installs and builds what a driver needs; `say` is told of each step. */
export async function prepare(driver: LabDriver, say: (what: string) => void): Promise<void> {
  const { node, debian, program } = driver;
  const brings = driver.brings ?? (node === undefined ? undefined : nodePackage(node));
  if (brings !== undefined && !existsSync(join(cacheOf(brings), 'node_modules'))) {
    say(`npm install ${brings}`);
    mkdirSync(cacheOf(brings), { recursive: true });
    await run('npm', ['install', '--prefix', cacheOf(brings), '--ignore-scripts', '--no-audit', '--no-fund', brings], LIMIT);
  }
  if (node !== undefined) await build({ entryPoints: [fileOf(driver)], outfile: builtOf(driver), bundle: true, format: 'esm', platform: 'node', target: `node${node}`, logLevel: 'error' });
  if (debian !== undefined) await install(debian, driver.version, say);
  if (extname(program) === '.java') {
    say(`javac ${program}`);
    await run('javac', ['-d', builtOf(driver), '-cp', DEBIAN.jars.join(':'), fileOf(driver)], LIMIT);
  }
  if (extname(program) === '.go') {
    say(`go build ${program}`);
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: DEBIAN.goPath, GOCACHE: cacheOf('go-build') };
    await run(DEBIAN.go, ['build', '-o', builtOf(driver), fileOf(driver)], { ...LIMIT, env });
  }
  if (extname(program) === '.rs') {
    say(`cargo build ${program}`);
    const manifest = join(builtOf(driver), 'Cargo.toml');
    mkdirSync(builtOf(driver), { recursive: true });
    writeFileSync(manifest, cargoManifest(driver));
    const source = ['source.crates-io.replace-with="debian"', `source.debian.directory="${DEBIAN.crates}"`, 'profile.dev.debug=0'].flatMap((setting) => ['--config', setting]);
    await run(DEBIAN.cargo, ['build', '--offline', '--manifest-path', manifest, ...source], { ...LIMIT, env: { ...process.env, RUSTC: DEBIAN.rustc, CARGO_TARGET_DIR: cacheOf('cargo') } });
  }
}

/** Of Debian's crates there is one version each. */
function cargoManifest(driver: LabDriver): string {
  const name = basename(driver.program, '.rs');
  const crates = ['native-tls', 'serde_json', 'tokio-native-tls', 'tokio-postgres'].map((crate) => `${crate} = "*"`);
  return ['[package]', 'name = "lab"', 'version = "0.0.0"', 'edition = "2021"', '[[bin]]', `name = "${name}"`, `path = "${fileOf(driver)}"`, '[dependencies]', ...crates, 'tokio = { version = "1", features = ["macros", "rt", "time"] }', ''].join('\n');
}

/** Debian's packages that are not there yet. Another version of the driver than the roster's is as good as none: its file would have the wrong name. */
async function install([own, ...others]: readonly [string, ...string[]], version: string, say: (what: string) => void): Promise<void> {
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`it needs Debian's packages ${[own, ...others].join(', ')}`);
  const isThere = await Promise.all([own, ...others].map(async (name) => (await installed(name)) !== null));
  const missing = [own, ...others].filter((_, at) => isThere[at] !== true);
  if (missing.length > 0) {
    say(`apt-get install ${missing.join(' ')}`);
    if (process.getuid?.() !== 0) throw new Error(`it needs Debian's packages ${missing.join(', ')}, and only root can install them`);
    await run('apt-get', ['install', '--yes', '--no-install-recommends', ...missing], { ...LIMIT, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  const brought = (await installed(own)) ?? '';
  if (!brought.includes(version)) throw new Error(`Debian brings ${own} ${brought}, not ${version}`);
}

/** The version of one of Debian's packages; `null` where it is not installed. */
async function installed(name: string): Promise<string | null> {
  try {
    const { stdout } = await run('dpkg-query', ['--show', '--showformat=${db:Status-Status} ${Version}', name], LIMIT);
    const [status, version] = stdout.split(' ');
    return status === 'installed' ? (version ?? null) : null;
  } catch {
    return null;
  }
}

function fileOf({ program }: LabDriver): string {
  return fileURLToPath(new URL(`drivers/${program}`, import.meta.url));
}

/** Where the lab keeps what it brings or builds itself. */
function cacheOf(name: string): string {
  return fileURLToPath(new URL(`../../node_modules/.cache/lab/${name}`, import.meta.url));
}

/** A compiled program. */
function builtOf({ program, node }: LabDriver): string {
  return cacheOf(node === undefined ? program.replace('.', '-') : `${program}-${node}.mjs`);
}

/** The package with Node's binary for this machine, which the package `node` would get by an install script. */
function nodeName(): string {
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

function nodePackage(node: string): string {
  return `${nodeName()}@${node}`;
}

/** The package of a runtime has one package a platform beneath it; its install script, which we don't run, only moves that binary. */
function binaryOf(runtime: 'bun' | 'deno', from: string): string | undefined {
  let main: string;
  try {
    main = createRequire(from).resolve(`${runtime}/package.json`);
  } catch {
    return undefined;
  }
  const { optionalDependencies } = JSON.parse(readFileSync(main, 'utf8')) as { optionalDependencies: Record<string, string> };
  const architecture = runtime === 'bun' && process.arch === 'arm64' ? 'aarch64' : process.arch;
  const beneath = createRequire(main);
  for (const name of Object.keys(optionalDependencies)) {
    if (!name.includes(`${process.platform}-${architecture}`)) continue;
    try {
      const folder = dirname(beneath.resolve(`${name}/package.json`));
      const file = [join(folder, 'bin', runtime), join(folder, runtime)].find((candidate) => existsSync(candidate));
      if (file !== undefined) return file;
    } catch {
      // Another C library's.
    }
  }
  return undefined;
}
