import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { labelOf } from '../../packages/core/src/drivers/versions.ts';
import type { Driver, ExplainInput } from '../../packages/core/src/index.ts';

/** One setting as the lab writes it: test/lab/cells.ts. */
export interface LabCell {
  readonly string?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly service?: readonly string[];
  readonly rootCertificate?: 'present' | 'absent';
}

/** A measured file, with its name: `node-postgres@8.23.1+deno`. */
export interface MeasuredFile {
  readonly name: string;
  readonly driver: string;
  readonly version: string;
  /** What was there, to the last digit. */
  readonly measured: string;
  readonly cells: readonly (LabCell & { readonly effective: string })[];
}

/** All of `test/lab/measured/`, by name. */
export function measuredFiles(): readonly MeasuredFile[] {
  const folder = join(import.meta.dirname, '../../test/lab/measured');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.endsWith('.settings.json'));
  return names.toSorted().map((name) => ({ ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Omit<MeasuredFile, 'name'>), name: name.slice(0, -'.json'.length) }));
}

/** What the lab found. */
export class Measurements {
  /** Effective modes by driver, label of the model's version, and setting: several where it was measured in several ways. */
  readonly #effective = new Map<string, string[]>();
  readonly #versions = new Map<string, Set<string>>();

  constructor(drivers: readonly Driver[], files: readonly MeasuredFile[]) {
    for (const { driver: id, version, measured, cells } of files) {
      const driver = drivers.find((candidate) => candidate.id === id);
      const label = driver === undefined ? undefined : labelOf(driver.versions, version);
      if (label === undefined) continue;
      const name = `${id}@${label}`;
      this.#versions.set(name, (this.#versions.get(name) ?? new Set()).add(measured));
      for (const cell of cells) {
        const key = `${name} ${keyOf(cell)}`;
        this.#effective.set(key, [...(this.#effective.get(key) ?? []), cell.effective]);
      }
    }
  }

  /** Versions of a driver that were measured for one of the model's, "8.0.3, 8.23.1". */
  versions(driver: string, label: string): readonly string[] {
    return [...(this.#versions.get(`${driver}@${label}`) ?? [])];
  }

  /** All that was measured. */
  effective(driver: string, label: string, input: Omit<ExplainInput, 'driver'>): readonly string[] {
    return labCells(input).map((cell) => this.#effective.get(`${driver}@${label} ${keyOf(cell)}`)).find((found) => found !== undefined) ?? [];
  }
}

/** The same for cells that say the same; where nothing is said of the root certificate file, the lab has none. */
export function keyOf({ string, options, environment, service, rootCertificate }: LabCell): string {
  return JSON.stringify([string ?? null, options ?? {}, Object.entries(environment ?? {}), service ?? [], rootCertificate === 'present']);
}

/** How the pages' strings begin, and the lab's. */
const BEGINNINGS = [
  ['postgres://app@db.example.com/app', 'postgres://app:lab-secret@{server}/app'],
  ['postgresql://app@db.example.com/app', 'postgresql://app:lab-secret@{server}/app'],
  ['jdbc:postgresql://db.example.com/app?', 'jdbc:postgresql://{server}/app?user=app&password=lab-secret&'],
  ['jdbc:postgresql://db.example.com/app', 'jdbc:postgresql://{server}/app?user=app&password=lab-secret'],
  ['host=db.example.com user=app dbname=app', 'host={host} port={port} user=app password=lab-secret dbname=app'],
  ['Servername=db.example.com;Username=app;Database=app', 'Driver={PostgreSQL Unicode};Server={host};Port={port};Database=app;Uid=app;Pwd=lab-secret'],
] as const;

/** The cells that say what a page's row asks, the plainest first: variables alone need no string. */
export function labCells({ string, options, env, rootCertificate }: Omit<ExplainInput, 'driver'>): readonly [LabCell, ...LabCell[]] {
  const [theirs, ours] = BEGINNINGS.find(([beginning]) => string?.startsWith(beginning)) ?? ['', ''];
  const given = Object.entries(options ?? {}).filter(([name]) => name !== 'host');
  const cell = {
    ...(given.length === 0 && string !== undefined ? {} : { options: inLab(Object.fromEntries(given)) as Record<string, unknown> }),
    ...(env === undefined ? {} : { environment: inLab(env) as Record<string, string> }),
    ...(rootCertificate === undefined ? {} : { rootCertificate }),
  };
  if (string === undefined) return [cell];
  const whole = { string: inLab(ours + string.slice(theirs.length)) as string, ...cell };
  return string === theirs ? [whole, { options: {}, ...cell }] : [whole];
}

/** The lab's own file for any root certificate, and its own typo. */
function inLab(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\/etc\/ssl\/ca\.pem|\broot\.crt\b/g, '{root}').replace(/\btypo\b/g, 'requrie');
  if (typeof value !== 'object' || value === null) return value;
  // Python lets nobody turn off the first check alone.
  const attributes = 'verify_mode' in value && value.verify_mode === 'CERT_NONE' ? { check_hostname: false, ...value } : value;
  if ('check_hostname' in value || 'verify_mode' in value) return { $: 'ssl-context', path: '{root}', attributes };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inLab(inner)]));
}
