import { readFileSync, readdirSync } from 'node:fs';
import { type Mode, explain } from '@sslmode/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, nameOf } from './cells.ts';
import { isWritten } from './drivers/serve.ts';
import { type Lab, type Measured, measure, openLab } from './measure.ts';
import { LAB_DRIVERS } from './roster.ts';

interface File {
  readonly driver: string;
  readonly version: string;
  readonly cells: readonly Measured[];
}

const folder = new URL('measured/', import.meta.url);
const FILES = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.settings.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as File);

/** Stands for what the lab fills in; nothing of it decides. */
function fill(text: string): string {
  return text
    .replaceAll('{server}', 'localhost:5432')
    .replaceAll('{host}', 'localhost')
    .replaceAll('{port}', '5432')
    .replaceAll('{socket}', '/run/postgresql')
    .replaceAll('{root}', '/etc/lab/root.crt')
    .replaceAll('{cert}', '/etc/lab/client.crt')
    .replaceAll('{key}', '/etc/lab/client.key');
}

/** A cell's options as a user's program would hold them. */
function real(value: unknown): unknown {
  if (typeof value === 'string') return fill(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isWritten(value)) return value.$ === 'file' ? 'a certificate' : value.$ === 'undefined' ? undefined : () => undefined;
  return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, real(property)]));
}

/** What the model makes of a cell. */
function model(driver: string, { string, options, environment, rootCertificate }: Cell): ReturnType<typeof explain>[number] | undefined {
  return explain({
    driver,
    ...(string === undefined ? {} : { string: fill(string) }),
    ...(options === undefined ? {} : { options: real(options) }),
    ...(environment === undefined ? {} : { env: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)])) }),
    // In the lab there is none where nothing else is said.
    rootCertificate: rootCertificate ?? 'absent',
  })[0];
}

/** Servers that a client of this mode gives nothing to, whatever they ask for. */
const SHUT_OUT = {
  disable: [],
  allow: [],
  prefer: [],
  require: ['plaintext', 'refuses-tls', 'breaks-handshake'],
  'verify-ca': ['plaintext', 'refuses-tls', 'breaks-handshake', 'self-signed'],
  'verify-full': ['plaintext', 'refuses-tls', 'breaks-handshake', 'self-signed', 'wrong-name'],
} as const;

/** Of PostgreSQL's databases, the one that a client of this mode can't get into. */
const KEPT_OUT: Readonly<Partial<Record<Mode, string>>> = { disable: 'hostssl', require: 'hostnossl', 'verify-ca': 'hostnossl', 'verify-full': 'hostnossl' };

describe.for(FILES)('$driver $version', ({ driver, version, cells }) => {
  it.for(cells.map((cell) => [nameOf(cell), cell] as const))('%s', ([, cell]) => {
    const verdict = model(`${driver}@${version}`, cell);
    expect(verdict?.effective, `${verdict?.reasons.join('; ') ?? ''} / ${cell.error ?? ''}`).toBe(cell.effective);
    if (cell.effective === 'error') return;
    for (const server of SHUT_OUT[cell.effective]) expect(cell.got[server]).toBeUndefined();
    expect(cell.authentic ?? []).not.toContain(KEPT_OUT[cell.effective]);
    // An impostor asks for the password in cleartext, and gets it unless something forbids that.
    const mitigated = (verdict?.mitigations ?? []).length > 0;
    const gave = Object.values(cell.got).filter((what) => what.includes('password'));
    expect(gave.length > 0).toBe(!mitigated);
  });
});

/** Every so many cells are measured anew on each run: a sample that spreads over all kinds of them, of a short list a denser one. */
const STRIDE = 14;
const FEWEST = 12;

describe('a sample, measured now', { timeout: 60_000 }, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ authentic: false });
  });
  afterAll(async () => {
    await lab.close();
  });

  it.for(LAB_DRIVERS.filter(({ optional }) => optional !== true))('$id $version does what is written down', async (driver) => {
    const recorded = FILES.find((file) => file.driver === driver.id && file.version === driver.version)?.cells ?? [];
    // What only PostgreSQL itself refuses can't be seen without it: `npm run lab` starts it.
    // And where a driver waits for ever, so would we.
    const seen = recorded.filter(({ effective, got, error }) => effective !== 'error' || (Object.keys(got).length === 0 && error !== 'took too long'));
    const stride = Math.max(1, Math.min(STRIDE, Math.floor(seen.length / FEWEST)));
    const sample = seen.filter((_, at) => at % stride === 0);
    expect(sample.length).toBeGreaterThanOrEqual(FEWEST);
    const { cells } = await measure(driver, sample, lab);
    const essence = ({ effective, got, ...cell }: Measured): unknown => [nameOf(cell), effective, got];
    expect(cells.map(essence)).toEqual(sample.map(essence));
  });
});
