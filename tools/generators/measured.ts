import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { labelOf } from '../../packages/core/src/drivers/versions.ts';
import type { Driver, ExplainInput } from '../../packages/core/src/index.ts';

/** One setting that the lab measured, as test/lab/run.ts writes it. */
interface MeasuredCell {
  readonly string?: string;
  readonly options?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
  readonly rootCertificate?: string;
  readonly effective: string;
}

interface MeasuredDriver {
  readonly driver: string;
  readonly version: string;
  /** What was there, to the last digit. */
  readonly measured: string;
  readonly cells: readonly MeasuredCell[];
}

/** What the lab found: `test/lab/measured/<driver>@<version>.json`. Nothing where there is none. */
export class Measurements {
  /** Effective modes by driver, label of the model's version, and setting: several where it was measured in several ways. */
  readonly #effective = new Map<string, string[]>();
  readonly #versions = new Map<string, Set<string>>();

  constructor(root: string, drivers: readonly Driver[]) {
    const folder = join(root, 'test/lab/measured');
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
    for (const file of files.toSorted()) {
      const { driver: id, version, measured, cells } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as MeasuredDriver;
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
    return alternatives(input).map((cell) => this.#effective.get(`${driver}@${label} ${keyOf(cell)}`)).find((found) => found !== undefined) ?? [];
  }
}

function keyOf({ string, options, environment, rootCertificate }: Omit<MeasuredCell, 'effective'>): string {
  return JSON.stringify([string ?? null, options ?? {}, Object.entries(environment ?? {}), rootCertificate ?? null]);
}

/** The ways in which the lab may have written the same: variables alone need no string. */
function alternatives({ string, options, env, rootCertificate }: Omit<ExplainInput, 'driver'>): Omit<MeasuredCell, 'effective'>[] {
  const rest = Object.fromEntries(Object.entries(options ?? {}).filter(([name]) => name !== 'host'));
  const inLab = string
    ?.replace('postgres://app@db.example.com/app', 'postgres://app:lab-secret@{server}/app')
    .replace('host=db.example.com user=app dbname=app', 'host={host} port={port} user=app password=lab-secret dbname=app')
    .replace('/etc/ssl/ca.pem', '{root}')
    .replace('sslmode=typo', 'sslmode=requrie');
  const environment = Object.fromEntries(Object.entries(env ?? {}).map(([name, value]) => [name, value === 'typo' ? 'requrie' : value.replace('root.crt', '{root}')]));
  const cell = { options: rest, environment, ...(rootCertificate === undefined ? {} : { rootCertificate }) };
  const saysNothing = inLab?.endsWith('{server}/app') === true;
  return [...(inLab === undefined ? [] : [{ ...cell, string: inLab }]), ...(inLab === undefined || saysNothing ? [cell] : [])];
}
