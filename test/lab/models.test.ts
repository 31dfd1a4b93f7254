import { readFileSync, readdirSync } from 'node:fs';
import { type Mode, explain, parse } from '@sslmode/core';
import { describe, expect, it } from 'vitest';
import { type Cell, nameOf } from './cells.ts';
import { isWritten } from './drivers/serve.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Measured, measure, openLab } from './measure.ts';
import { LAB_DRIVERS, nameOfDriver } from './roster.ts';

interface File {
  readonly name: string;
  readonly driver: string;
  readonly version: string;
  /** What was measured (fingerprint.ts). */
  readonly of: string;
  readonly cells: readonly Measured[];
}

const folder = new URL('measured/', import.meta.url);
const FILES = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.settings.json'))
  .map((name): File => ({ ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Omit<File, 'name'>), name: name.replace(/\.json$/, '') }));

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
  if (isWritten(value)) return value.$ === 'file' ? 'a certificate' : value.$ === 'ssl-context' ? (value.attributes ?? {}) : value.$ === 'undefined' ? undefined : () => undefined;
  return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, real(property)]));
}

/**
 * An entry of pg_service.conf as the connection string that it amounts to, beneath a string of the program's own: of equal
 * names the entry's first counts (PostgreSQL 15 fe-connect.c parseServiceFile()).
 */
function withService(lines: readonly string[], string = ''): string {
  const settings = new Map(lines.map((line) => line.split('=', 2) as [string, string]).toReversed());
  const parsed = parse(string);
  if (parsed.ok) for (const { name, value } of parsed.parameters) settings.set(name, value ?? '');
  return [...settings].map(([name, value]) => `${name}='${value}'`).join(' ');
}

/** What the model makes of a cell. */
function model(driver: string, { string: own, options, environment, service, rootCertificate }: Cell): ReturnType<typeof explain>[number] | undefined {
  const string = service === undefined ? own : withService(service, own);
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
    // Where something that is not written decides, the lab has measured both ends.
    const ends = verdict?.effective === 'unknown' ? [verdict.weakest, verdict.strongest] : [verdict?.effective];
    expect(ends, `${verdict?.reasons.join('; ') ?? ''} / ${cell.error ?? ''}`).toContain(cell.effective);
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
/** Of drivers whose model, program or packages have changed since they were measured, all cells; of more than these together, a part. */
const MOST_CHANGED = 500;

const QUICK = await Promise.all(
  LAB_DRIVERS.filter(({ optional }) => optional !== true).map(async (driver) => {
    const name = nameOfDriver(driver);
    const file = FILES.find((candidate) => candidate.name === name);
    // What only PostgreSQL itself refuses can't be seen without it: `npm run lab` starts it.
    // And where a driver waits for ever, so would we.
    const seen = (file?.cells ?? []).filter(({ effective, got, error }) => effective !== 'error' || (Object.keys(got).length === 0 && error !== 'took too long'));
    return { name, driver, seen, hasChanged: file?.of !== (await fingerprintOf(driver)) };
  }),
);
const allChanged = QUICK.filter(({ hasChanged }) => hasChanged).reduce((sum, { seen }) => sum + seen.length, 0);

/** What of a driver's cells is measured now. */
function chosen({ seen, hasChanged }: (typeof QUICK)[number]): readonly Measured[] {
  const sparse = Math.max(1, Math.min(STRIDE, Math.floor(seen.length / FEWEST)));
  const dense = Math.ceil(allChanged / MOST_CHANGED);
  return seen.filter((_, at) => at % sparse === 0 || (hasChanged && at % dense === 0));
}

// Each with servers of its own: most of the time goes by in waiting for one driver or the other.
describe.concurrent('measured now', { timeout: 120_000 }, () => {
  it.for(QUICK)('$name does what is written down (anew: $hasChanged)', async (quick, { expect }) => {
    const cells = chosen(quick);
    expect(cells.length, `run: npm run lab -- ${quick.name}`).toBeGreaterThanOrEqual(FEWEST);
    const lab = await openLab({ authentic: false });
    try {
      const now = await measure(quick.driver, cells, lab);
      const essence = ({ effective, got, ...cell }: Measured): unknown => [nameOf(cell), effective, got];
      expect(now.cells.map(essence)).toEqual(cells.map(essence));
    } finally {
      await lab.close();
    }
  });
});
