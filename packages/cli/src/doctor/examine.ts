import { classOfHost, type Policy } from '@sslmode/core';
import { fallsShort, askedOf } from '../probe/asked.ts';
import { connectionOf, hostsIn } from './connection.ts';
import { environmentFindings, environmentOf } from './environment.ts';
import { keyOf } from './keys.ts';
import type { Machine } from './machine.ts';
import { placesOf } from './places.ts';
import type { DoctorFinding, DoctorReport, ServiceReport } from './report.ts';
import { rootsOf, type RootsAsked } from './roots.ts';
import { passwordsOf, servicesOf } from './services.ts';

/** What to hold a machine against. */
export interface Examination {
  readonly policy: Policy;
  /** The folder that the question is asked from, as the policy's patterns see it. */
  readonly path: string;
  /** A connection string; `null` for none. */
  readonly string: string | null;
  /** SHA-256 of the public roots that come with Node.js. */
  readonly publicRoots: ReadonlySet<string>;
  readonly now: Date;
}

/** Examines a machine as libpq and the other drivers see it. */
export function examine(machine: Machine, { policy, path, string, publicRoots, now }: Examination): DoctorReport {
  const { expected, expiresWithinDays } = rootsAsked(policy, path, string);
  const roots = rootsOf(machine, { expected, expiresWithinDays, publicRoots, now });
  const rootPresent = roots.file.certificates.length > 0;
  const key = keyOf(machine);
  const services = servicesOf(machine, rootPresent);
  const passwords = passwordsOf(machine);
  const connection = string === null ? null : connectionOf(string, machine, { rootPresent, rootPath: roots.file.path, rootBroken: roots.file.present && !rootPresent, keyRefused: key.refused, expected: roots.expected, now });
  return {
    schemaVersion: 1,
    platform: machine.platform,
    rootCertificate: roots.file,
    misplaced: roots.misplaced,
    expectedRoots: roots.expected,
    clientCertificate: key.report,
    environment: environmentOf(machine),
    services: services.report,
    passwords: passwords.report,
    connection: connection?.report ?? null,
    findings: [
      ...roots.findings,
      ...key.findings,
      ...environmentFindings(machine, rootPresent),
      ...services.findings,
      ...services.report.services.flatMap((service) => ofService(service, policy, path)),
      ...passwords.findings,
      ...homeFindings(machine),
      ...(connection?.findings ?? []),
      ...(connection === null ? [] : failureFindings(connection.report.drivers)),
    ],
  };
}

/** The roots that are expected for the hosts of a string; without one, for any host that the policy speaks of. */
function rootsAsked(policy: Policy, path: string, string: string | null): Pick<RootsAsked, 'expected' | 'expiresWithinDays'> {
  const hosts = (string === null ? null : hostsIn(string)) ?? policy.hosts.map(([pattern]) => pattern);
  const asked = [policy.roots, ...hosts.flatMap((host) => policy.thresholds(classOfHost(host), host.toLowerCase(), path).roots ?? [])];
  const expected = new Map(asked.flatMap((roots) => roots.expected).map((root) => [root.sha256, root]));
  return { expected: [...expected.values()], expiresWithinDays: policy.roots.expiresWithinDays };
}

function ofService({ file, name, host, effective, reason }: ServiceReport, policy: Policy, path: string): DoctorFinding[] {
  if (effective === 'error') return [{ severity: 'error', message: `Connections by service "${name}" (${file}) fail: ${reason}.` }];
  if (effective === 'unknown') return [];
  const asked = askedOf(host ?? '', null, policy, path);
  if (!fallsShort(effective, asked)) return [];
  return [{ severity: 'warning', message: `Connections by service "${name}" (${file}) come down to ${effective}, less than the ${asked.thresholds.minimum} that the policy asks for: ${reason}.` }];
}

/** PostgreSQL 15 release notes: libpq goes by HOME since then, before it went by the list of users. */
function homeFindings(machine: Machine): DoctorFinding[] {
  const { HOME } = machine.env;
  if (machine.platform === 'win32' || HOME === undefined || HOME === '' || machine.path.resolve(HOME) === machine.path.resolve(machine.home)) return [];
  const { root } = placesOf(machine);
  return [{ severity: 'warning', message: `HOME is ${HOME}, and the home folder of this user is ${machine.home}: libpq 15 and later look for ${root}, older ones in the home folder. Have the file in both.` }];
}

/** A driver that is not used here may fail as it likes; that all do is an error. */
function failureFindings(drivers: NonNullable<DoctorReport['connection']>['drivers']): DoctorFinding[] {
  if (drivers.length === 0 || drivers.some(({ fails }) => fails.length === 0)) return [];
  return [{ severity: 'error', message: 'No driver connects with this string on this machine: see the reasons of each.' }];
}
