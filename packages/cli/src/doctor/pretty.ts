import { dayOf } from '../certificates.ts';
import { table, visible, type Paint } from '../terminal.ts';
import type { DoctorReport, DriverReport, PlaceReport, RootEntry, VariableReport } from './report.ts';

const GUIDE = 'https://github.com/sslmode/sslmode/blob/main/docs/doctor.md';

/** For people at a terminal: what is where, then what to put right. */
export function pretty(report: DoctorReport, now: Date, paint: Paint): string {
  const { rootCertificate, clientCertificate, services, passwords, environment, connection, findings } = report;
  const rows: string[][] = [
    ['root certificates', placeText(rootCertificate, paint)],
    ...rootCertificate.certificates.slice(0, 10).map((entry) => ['', rootText(entry, now, paint)]),
    ...(rootCertificate.certificates.length > 10 ? [['', `and ${rootCertificate.certificates.length - 10} more`]] : []),
    ...report.expectedRoots.map(({ name, present }) => ['expected by policy', `${visible(name)}: ${present ? paint.green('there') : paint.red('missing')}`]),
    ['client certificate', placeText(clientCertificate.certificate, paint)],
    ...(clientCertificate.certificate.present || clientCertificate.key.present ? [['client key', `${placeText(clientCertificate.key, paint)}${clientCertificate.key.mode === null ? '' : `, ${clientCertificate.key.mode}`}`]] : []),
    ...services.files.map((file) => ['services', placeText(file, paint)]),
    ...services.services.map(({ name, host, effective }) => ['', visible(`[${name}] ${host ?? 'localhost'}: ${effective === 'error' ? 'refused' : effective}`)]),
    ['passwords', `${placeText(passwords, paint)}${passwords.mode === null ? '' : `, ${passwords.mode}`}`],
  ];
  return [
    `${paint.bold('Files, as libpq and its kin see them')}\n${table(rows, '  ')}`,
    `\n${paint.bold('Environment')}\n${environment.length === 0 ? '  no variable that has to do with TLS\n' : environment.map((variable) => variableText(variable, paint)).join('')}`,
    connection === null ? '' : `\n${paint.bold(`${visible(connection.text)} on this machine`)}\n${driverTable(connection.drivers, paint)}`,
    `\n${findings.map(({ severity, message }) => `${severity === 'error' ? paint.red('error') : paint.yellow('warning')}: ${visible(message)}\n`).join('')}`,
    findings.length === 0 ? `${verdictOf(connection?.drivers ?? [], paint)} What a server shows and needs: sslmode probe HOST\n` : `More: ${GUIDE}\n`,
  ].join('');
}

/** Where there is no finding: some drivers may still fail with what was asked for. */
function verdictOf(drivers: readonly DriverReport[], paint: Paint): string {
  const failing = drivers.filter(({ fails }) => fails.length > 0).map(({ driver }) => driver);
  if (failing.length === 0) return paint.green('Nothing to put right.');
  return paint.yellow(`Nothing to put right in these files, but ${failing.join(', ')} ${failing.length === 1 ? 'fails' : 'fail'} with this string: see WHY.`);
}

function placeText({ path, present }: PlaceReport, paint: Paint): string {
  return `${visible(path)}: ${present ? paint.green('there') : 'not there'}`;
}

function rootText({ name, validTo, ca, public: isPublic }: RootEntry, now: Date, paint: Paint): string {
  const to = new Date(validTo);
  const valid = to < now ? paint.red(`expired on ${dayOf(to)}`) : `until ${dayOf(to)}`;
  return `${visible(name)}, ${valid}${ca ? '' : ', no CA'}${isPublic ? ', public' : ''}`;
}

function variableText({ name, value, readBy, effect }: VariableReport, paint: Paint): string {
  return `  ${visible(`${name}=${value}`)}\n      ${effect} ${paint.dim(`(${readBy.join(', ')})`)}\n`;
}

/** What overrules the rest comes last. */
function reasonOf({ reasons }: DriverReport): string {
  const bypass = reasons.find((reason) => reason.includes('NODE_TLS_REJECT_UNAUTHORIZED'));
  return bypass ?? reasons[0] ?? '';
}

function driverTable(drivers: readonly DriverReport[], paint: Paint): string {
  const rows = drivers.flatMap((report) => {
    const { driver, version, effective, fails } = report;
    const [first, ...others] = fails.length > 0 ? fails.map((why) => paint.red(`fails: ${visible(why)}`)) : [visible(reasonOf(report))];
    const word = effective === 'error' ? paint.red('refuses') : effective;
    return [[`${driver} ${version}`, word, first ?? ''], ...others.map((text) => ['', '', text])];
  });
  return table([['DRIVER', 'EFFECTIVE', 'WHY'].map((head) => paint.bold(head)), ...rows], '  ');
}
