import { DRIVERS, explain, hostsOf, parseGiven, providerOf, redactString, type Verdict } from '@sslmode/core';
import { daysLeft, readCertificates, shortName } from '../certificates.ts';
import { connectionVariables } from './environment.ts';
import type { Machine } from './machine.ts';
import type { ConnectionReport, DoctorFinding, DriverReport, ExpectedReport } from './report.ts';

/** What the rest of the machine has to do with a connection. */
export interface Circumstances {
  /** libpq's default file of roots is there, with something in it. */
  readonly rootPresent: boolean;
  readonly rootPath: string;
  /** It is there, with nothing in it that could be read. */
  readonly rootBroken: boolean;
  /** Why libpq refuses the client's key. */
  readonly keyRefused: string | null;
  /** Roots that the policy expects for its hosts. */
  readonly expected: readonly ExpectedReport[];
  readonly now: Date;
}

const MISSING = 'is not there';
const LIBPQS: readonly string[] = ['libpq', 'psycopg', 'psycopg2', 'ruby-pg', 'php-pdo', 'perl-dbd-pg', 'psqlodbc'];

/** Names of hosts that a string is for; `null` where it is none, or hides them. */
export function hostsIn(string: string): readonly string[] | null {
  const parsed = parseGiven(string);
  if (parsed === null) return null;
  const hosts = hostsOf(parsed).map(({ host, hostaddr }) => (host === '' ? (hostaddr ?? null) : host));
  return hosts.every((host) => host !== null) ? hosts : null;
}

/** What each driver would do with a string on this machine, and why it would fail here. */
export function connectionOf(string: string, machine: Machine, circumstances: Circumstances): { readonly report: ConnectionReport; readonly findings: readonly DoctorFinding[] } {
  const env = connectionVariables(machine.env);
  const rootCertificate = circumstances.rootPresent ? 'present' : 'absent';
  const named = namedRoot(string, machine, circumstances.now);
  const verdicts = explain({ string, env, rootCertificate });
  const other = new Map(explain({ string, env, rootCertificate: rootCertificate === 'present' ? 'absent' : 'present' }).map((verdict) => [verdict.driver, verdict]));
  const provider = (hostsIn(string) ?? []).map(providerOf).find((found) => found !== null);
  const owed = provider?.root.file == null || named !== null ? null : `${provider.name}'s certificates come from a CA of its own, and nothing names ${provider.root.file}, which holds its root`;
  const drivers = verdicts.map((verdict): DriverReport => {
    const { driver, version, effective, reasons } = verdict;
    if (named !== null && unchecked(verdict, string, env, named)) {
      const reason = `its file of root certificates, ${named.path}, is not there, and libpq then checks nothing but with verify-ca and verify-full`;
      return { driver, version, effective: 'require', reasons: [reason], fails: keyFailures(verdict, circumstances) };
    }
    return { driver, version, effective, reasons, fails: [...failuresOf(verdict, other.get(driver), named, circumstances), ...(owed !== null && trustsPublicRoots(verdict, other.get(driver), machine.env) ? [owed] : [])] };
  });
  const advice: DoctorFinding[] = provider?.root.file == null ? [] : [{ severity: 'warning', message: `${provider.advice} Without that file no driver can verify ${provider.name}'s certificates.` }];
  return { report: { text: redactString(string), drivers }, findings: advice };
}

/** A file of roots that the string or the environment names, and what is wrong with it. */
interface NamedRoot {
  readonly path: string;
  readonly fault: string | null;
}

function namedRoot(string: string, machine: Machine, now: Date): NamedRoot | null {
  const written = parseGiven(string)?.settings.findLast(({ name }) => name === 'sslrootcert')?.value;
  const path = written ?? machine.env.PGSSLROOTCERT;
  if (path === undefined || path === '' || path === 'system') return null;
  const content = machine.read(machine.path.resolve(machine.cwd, path));
  if ('missing' in content) return { path, fault: MISSING };
  if ('unreadable' in content) return { path, fault: `cannot be read: ${content.unreadable}` };
  const { certificates, problems } = readCertificates(content.bytes);
  if (certificates.length === 0) return { path, fault: problems[0] ?? 'holds no certificate' };
  const expired = certificates.every((certificate) => daysLeft(certificate, now) < 0);
  return { path, fault: expired ? `holds nothing but expired certificates ("${shortName(certificates[0]?.subject)}")` : null };
}

/** With `require`, a file that is not there is as none (fe-secure-openssl.c, initialize_SSL()): the models take one that is named to be there. */
function unchecked({ driver, effective }: Verdict, string: string, env: Readonly<Record<string, string>>, { fault }: NamedRoot): boolean {
  if (!LIBPQS.includes(driver) || effective !== 'verify-ca' || fault !== MISSING) return false;
  const written = parseGiven(string)?.settings.findLast(({ name }) => name === 'sslmode')?.value;
  return (written ?? env.PGSSLMODE) !== 'verify-ca';
}

/** It verifies, and neither a default file nor a variable can give it more than the roots that are everybody's. */
function trustsPublicRoots({ driver, effective }: Verdict, other: Verdict | undefined, env: Machine['env']): boolean {
  const verifies = effective === 'verify-ca' || effective === 'verify-full';
  const more = DRIVERS.find(({ id }) => id === driver)?.packages.npm === undefined ? env.SSL_CERT_FILE : env.NODE_EXTRA_CA_CERTS;
  return verifies && other?.effective === effective && (more === undefined || more === '');
}

function keyFailures({ driver, effective }: Pick<Verdict, 'driver' | 'effective'>, { keyRefused }: Circumstances): string[] {
  return LIBPQS.includes(driver) && effective !== 'disable' && keyRefused !== null ? [keyRefused] : [];
}

const INSISTING: readonly string[] = ['require', 'verify-ca', 'verify-full'];

function failuresOf(verdict: Verdict, other: Verdict | undefined, named: NamedRoot | null, circumstances: Circumstances): string[] {
  const { driver, effective, reasons, ignored } = verdict;
  // The models know no system's folders.
  if (effective === 'error') return [(reasons[0] ?? 'it refuses these settings').replaceAll('~/.postgresql/root.crt', circumstances.rootPath)];
  const fails: string[] = [];
  const verifies = effective === 'verify-ca' || effective === 'verify-full';
  const readsNamed = named !== null && !ignored.some(({ setting }) => setting.includes('sslrootcert'));
  if (verifies && readsNamed && named.fault !== null) fails.push(`its file of root certificates, ${named.path}, ${named.fault}`);
  // What the default file changes is what looks at it.
  if (verifies && !readsNamed && other !== undefined && other.effective !== effective) {
    for (const { name } of circumstances.expected.filter(({ present }) => !present)) fails.push(`${circumstances.rootPath} lacks the root "${name}", which the policy expects for this host`);
  }
  // It is read wherever it is there.
  if (LIBPQS.includes(driver) && INSISTING.includes(effective) && named === null && circumstances.rootBroken) fails.push(`${circumstances.rootPath} is there, and holds nothing that libpq could read`);
  return [...fails, ...keyFailures(verdict, circumstances)];
}
