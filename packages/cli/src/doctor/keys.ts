import type { FileState, Machine } from './machine.ts';
import { placesOf } from './places.ts';
import type { DoctorFinding, DoctorReport } from './report.ts';

/** The client's certificate and key, as libpq takes them. */
export interface KeyFound {
  readonly report: DoctorReport['clientCertificate'];
  readonly findings: readonly DoctorFinding[];
  /** Every TLS connection of libpq fails because of it. */
  readonly refused: string | null;
}

/** Looks at the client's certificate, and at what libpq would say of its key. */
export function keyOf(machine: Machine): KeyFound {
  const places = placesOf(machine);
  const { env } = machine;
  const certificate = given(machine, env.PGSSLCERT) ?? places.certificate;
  const engine = env.PGSSLKEY !== undefined && /^[a-z][\w-]+:/.test(env.PGSSLKEY) && machine.platform !== 'win32';
  const key = given(machine, env.PGSSLKEY) ?? places.key;
  const state = engine ? null : machine.state(key);
  const present = machine.state(certificate) !== null;
  const report = { certificate: { path: certificate, present }, key: { path: key, present: engine || state !== null, mode: modeOf(machine, state) } };
  // fe-secure-openssl.c, initialize_SSL(): without a certificate the key is never looked at.
  const why = present && !engine ? refusal(machine, key, state) : null;
  return { report, findings: why === null ? [] : [{ severity: 'error', message: `libpq fails on every TLS connection, for it has a client certificate (${certificate}), and ${why}` }], refused: why === null ? null : why.replace(/: .*/, '') };
}

function given({ path, cwd }: Machine, name: string | undefined): string | undefined {
  return name === undefined || name === '' ? undefined : path.resolve(cwd, name);
}

/** PostgreSQL 18 fe-secure-openssl.c, initialize_SSL(): `certificate present, but not private key file`, and "has group or world access". */
function refusal(machine: Machine, key: string, state: FileState | null): string | null {
  if (state === null) return `the key ${key} is not there: put it there, or take the certificate away (sslcertmode=disable leaves it out).`;
  if (state.kind !== 'file') return `the key ${key} is no regular file: put the key itself there.`;
  if (machine.platform === 'win32') return null;
  const open = state.owner === 0 ? 0o037 : 0o077;
  if ((state.mode & open) === 0) return null;
  const allowed = state.owner === 0 ? '0640 or less, for it is root\'s' : '0600 or less';
  return `others may read the key ${key} (${octal(state.mode)}; libpq takes ${allowed}): chmod 600 ${key}`;
}

/** `0600`; `null` where permissions mean nothing, or there is no file. */
export function modeOf({ platform }: Machine, state: FileState | null): string | null {
  return state === null || platform === 'win32' ? null : octal(state.mode);
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}
