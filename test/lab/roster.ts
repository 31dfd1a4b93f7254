import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DriverId } from '@sslmode/core';

/** A driver as it can be run here. */
export interface LabDriver {
  /** The id of its model. */
  readonly id: DriverId;
  /** What is installed, and so the name of the measured file; what the driver's process says of itself has to begin with it. */
  readonly version: string;
  /** Behind the version in the name of the file, where the same driver runs in several. */
  readonly variant?: string;
  /** In `drivers/`. */
  readonly program: string;
  readonly argument?: string;
  /** What runs the program, Node where nothing is said. */
  readonly runtime?: Runtime;
  /** A package that npm brings into the lab's own cache, only for `npm run lab`: `bun@1.3.14`. */
  readonly brings?: string;
  /** Where it is not there on every machine, or takes its time: only `npm run lab` measures it. */
  readonly optional?: boolean;
}

export type Runtime = 'bun' | 'deno';

/** All that npm brings, and what the machine may have. */
export const LAB_DRIVERS: readonly LabDriver[] = [
  { id: 'libpq', version: '18', program: 'libpq.ts' },
  { id: 'libpq', version: '15', program: 'libpq.ts', argument: 'machine', optional: true },
  { id: 'node-postgres', version: '8.23.1', program: 'pg.ts', argument: 'pg' },
  { id: 'node-postgres', version: '8.11.3', program: 'pg.ts', argument: 'pg-8.11.3' },
  { id: 'node-postgres', version: '8.0.3', program: 'pg.ts', argument: 'pg-8.0.3' },
  { id: 'node-postgres', version: '8.23.1', variant: 'deno', program: 'pg.ts', argument: 'pg', runtime: 'deno' },
  { id: 'pg-native', version: '3', program: 'pg-native.ts' },
  { id: 'postgres.js', version: '3.4.9', program: 'postgres.ts' },
  { id: 'slonik', version: '49.10.9', program: 'slonik.ts' },
  { id: 'bun', version: '1.4.5', program: 'bun.ts', runtime: 'bun' },
  { id: 'sequelize', version: '6.37.8', program: 'sequelize.ts' },
  { id: 'typeorm', version: '1.1.1', program: 'typeorm.ts' },
  { id: 'knex', version: '3.3.0', program: 'knex.ts' },
  { id: 'kysely', version: '0.29.9', program: 'kysely.ts' },
  { id: 'drizzle', version: '0.45.4', program: 'drizzle.ts' },
  { id: 'pg-promise', version: '12.7.1', program: 'pg-promise.ts' },
  { id: 'prisma-adapter-pg', version: '7.10.1', program: 'prisma-adapter-pg.ts' },
];

/** `<driver>@<version>`, the name of its measured file. */
export function nameOfDriver({ id, version, variant }: LabDriver): string {
  return `${id}@${version}${variant === undefined ? '' : `+${variant}`}`;
}

/** The command that runs a driver's program; or why there is none here. */
export function commandOf({ program, argument, runtime, brings }: LabDriver): readonly [command: string, ...parameters: string[]] | { readonly unavailable: string } {
  const file = fileURLToPath(new URL(`drivers/${program}`, import.meta.url));
  const rest = [file, ...(argument === undefined ? [] : [argument])];
  if (runtime === undefined) return [process.execPath, '--import', 'tsx', ...rest];
  const binary = binaryOf(runtime, brings === undefined ? import.meta.url : join(cacheOf(brings), 'index.js'));
  if (binary === undefined) return { unavailable: `npm brings no ${brings ?? runtime} for ${process.platform}-${process.arch}` };
  return runtime === 'bun' ? [binary, 'run', ...rest] : [binary, 'run', '--quiet', '--no-check', '--allow-all', ...rest];
}

/** Where the lab keeps a package that it brings itself. */
function cacheOf(wanted: string): string {
  return fileURLToPath(new URL(`../../node_modules/.cache/lab/${wanted}`, import.meta.url));
}

/** Brings the package of a driver that is not in the repository's own. */
export function bring({ brings }: LabDriver): void {
  if (brings === undefined || existsSync(join(cacheOf(brings), 'node_modules'))) return;
  mkdirSync(cacheOf(brings), { recursive: true });
  execFileSync('npm', ['install', '--prefix', cacheOf(brings), '--ignore-scripts', '--no-audit', '--no-fund', brings], { stdio: 'ignore' });
}

/** The package of a runtime has one package a platform beneath it; its install script, which we don't run, only moves that binary. */
function binaryOf(runtime: Runtime, from: string): string | undefined {
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
