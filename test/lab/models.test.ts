import { type Mode, explain, parse } from '@sslmode/core';
import { describe, expect, it } from 'vitest';
import { type Cell, nameOf } from './cells.ts';
import { isWritten } from './drivers/serve.ts';
import { FILES } from './measured.ts';

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
