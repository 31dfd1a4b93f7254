import { explain, redactString, type Verdict } from '@sslmode/core';
import type { Machine } from './machine.ts';
import { modeOf } from './keys.ts';
import { placesOf } from './places.ts';
import type { DoctorFinding, DoctorReport, PlaceReport, ServiceReport } from './report.ts';

/** One section of a service file: names and values as written. */
interface Section {
  readonly name: string;
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** What was found of pg_service.conf. */
export interface ServicesFound {
  readonly report: DoctorReport['services'];
  readonly findings: readonly DoctorFinding[];
}

/**
 * The files that services are looked for in: PGSERVICEFILE or else the user's, then the system's, which is known only
 * where PGSYSCONFDIR says it. Source: PostgreSQL 18 fe-connect.c, parseServiceInfo().
 */
export function servicesOf(machine: Machine, rootPresent: boolean): ServicesFound {
  const { env, path } = machine;
  const own = env.PGSERVICEFILE ?? placesOf(machine).services;
  const system = env.PGSYSCONFDIR === undefined ? [] : [path.join(env.PGSYSCONFDIR, 'pg_service.conf')];
  const files: PlaceReport[] = [];
  const services: ServiceReport[] = [];
  const findings: DoctorFinding[] = [];
  for (const file of [own, ...system]) {
    const content = machine.read(path.resolve(machine.cwd, file));
    files.push({ path: file, present: !('missing' in content) });
    if ('unreadable' in content) findings.push({ severity: 'error', message: `${file} cannot be read (${content.unreadable}): connections by service fail.` });
    if ('bytes' in content) services.push(...sectionsOf(new TextDecoder().decode(content.bytes)).map((section) => serviceReport(file, section, rootPresent)));
  }
  if (env.PGSERVICEFILE !== undefined && files[0]?.present === false) findings.push({ severity: 'error', message: `PGSERVICEFILE names ${own}, which is not there: every connection by service fails with "service file … not found".` });
  const { PGSERVICE: wanted } = env;
  if (wanted !== undefined && wanted !== '' && !services.some(({ name }) => name === wanted) && (files[0]?.present === true || env.PGSYSCONFDIR !== undefined)) {
    findings.push({ severity: 'error', message: `PGSERVICE names a service "${redactString(wanted)}" that is in none of these files: every connection of libpq fails with "definition of service … not found".` });
  }
  return { report: { files, services }, findings };
}

/** Sections and their settings: a line is trimmed, and divided at its first `=` (fe-connect.c, parseServiceFile()). */
function sectionsOf(text: string): Section[] {
  const sections: { name: string; settings: [string, string][] }[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const name = /^\[([^\]]*)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      sections.push({ name, settings: [] });
      continue;
    }
    const at = line.indexOf('=');
    if (at > 0) sections.at(-1)?.settings.push([line.slice(0, at), line.slice(at + 1)]);
  }
  return sections;
}

function serviceReport(file: string, { name, settings }: Section, rootPresent: boolean): ServiceReport {
  const string = settings.map(([key, value]) => `${key}='${value.replace(/[\\']/g, String.raw`\$&`)}'`).join(' ');
  const [verdict]: readonly Verdict[] = explain({ string, driver: 'libpq', rootCertificate: rootPresent ? 'present' : 'absent' });
  const host = settings.findLast(([key]) => key === 'host')?.[1];
  return { file, name: redactString(name), host: host === undefined ? null : redactString(host), effective: verdict?.effective ?? 'error', reason: verdict?.reasons[0] ?? '' };
}

/** The file of passwords: libpq ignores one that others may read (fe-connect.c, passwordFromFile()). */
export function passwordsOf(machine: Machine): { readonly report: DoctorReport['passwords']; readonly findings: readonly DoctorFinding[] } {
  const { PGPASSFILE } = machine.env;
  const path = PGPASSFILE === undefined || PGPASSFILE === '' ? placesOf(machine).passwords : PGPASSFILE;
  const state = machine.state(machine.path.resolve(machine.cwd, path));
  const report = { path, present: state !== null, mode: modeOf(machine, state) };
  if (state === null) return { report, findings: [] };
  if (state.kind !== 'file') return { report, findings: [{ severity: 'warning', message: `libpq ignores ${path}: it is no regular file.` }] };
  const open = machine.platform !== 'win32' && (state.mode & 0o077) !== 0;
  return { report, findings: open ? [{ severity: 'warning', message: `libpq ignores ${path}, for others may read it (${report.mode ?? ''}), and asks for the password instead: chmod 600 ${path}` }] : [] };
}
