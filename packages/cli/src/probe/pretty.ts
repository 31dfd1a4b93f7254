import { plural, table, visible, type Paint } from '../terminal.ts';
import { dayOf } from '../certificates.ts';
import type { Judged } from './judge.ts';
import type { ClientReport, Comparison, HostReport } from './report.ts';
import type { RootFile } from './trust.ts';

/** PgBouncer's own port, and the one that Supabase's pooler has. */
const POOLER_PORTS: readonly number[] = [6432, 6543];
const GUIDE = 'https://github.com/sslmode/sslmode/blob/main/docs/tls.md';

/** For people at a terminal: what the server does, what that means, what to use. */
export function pretty(judged: readonly Judged[], comparison: Comparison | undefined, now: Date, paint: Paint): string {
  return [...judged.map((each) => hostBlock(each, now, paint)), ...(comparison === undefined ? [] : [comparisonBlock(comparison, paint)])].join('\n');
}

function hostBlock({ report, outcome, end }: Judged, now: Date, paint: Paint): string {
  const { host, port, address } = report;
  const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const head = paint.bold(`${visible(where)}${address === null || address === host ? '' : ` (${address})`}`);
  const rows = outcome === 'unanswered' ? [] : factRows(report, end?.knownBy ?? [], now, paint);
  const word = outcome === 'unanswered' ? paint.red('error') : paint.yellow('problem');
  const problems = report.problems.map((problem) => `${word}: ${visible(problem)}\n`);
  return `${head}\n${table(rows, '  ')}${problems.join('')}`;
}

function factRows(report: HostReport, knownBy: readonly ('Node.js' | RootFile)[], now: Date, paint: Paint): string[][] {
  const { certificate, works, use } = report;
  return [
    ['TLS', tlsText(report, paint)],
    ['plaintext', plaintextText(report, paint)],
    ...(certificate === null ? [] : certificateRows(report, certificate, knownBy, now, paint)),
    ['works', works.length === 0 ? paint.red('nothing') : works.join(', ')],
    ['use', use === null ? paint.red('no sslmode protects here') : useText(report, use, knownBy, paint)],
    ...(POOLER_PORTS.includes(report.port) ? [['note', 'This port is usually a pooler\'s: all of this is about the way to it. Its way on to PostgreSQL has settings of its own (server_tls_sslmode).']] : []),
  ];
}

function tlsText({ offersTls, directTls, protocol, cipher }: HostReport, paint: Paint): string {
  if (protocol === null) return paint.red(offersTls === true ? 'offered, but the handshake fails' : 'not offered');
  const how = offersTls !== true ? ', only at once (sslnegotiation=direct)' : directTls === true ? ', also at once (sslnegotiation=direct)' : '';
  return `${visible(protocol)}, ${visible(cipher ?? '')}${how}`;
}

function plaintextText({ plaintext }: HostReport, paint: Paint): string {
  switch (plaintext) {
    case 'accepted':
      return paint.red('accepted, without any password');
    case 'password-asked':
      return paint.red('let in: a login goes on without TLS');
    case 'refused':
      return paint.green('refused');
    case 'closed':
      return paint.green('the connection is closed');
    case null:
      return 'not known';
  }
}

function certificateRows(report: HostReport, { subject, names, validTo, chain, root }: NonNullable<HostReport['certificate']>, knownBy: readonly ('Node.js' | RootFile)[], now: Date, paint: Paint): string[][] {
  const until = new Date(validTo);
  const valid = until < now ? paint.red(`expired on ${dayOf(until)}`) : `valid until ${dayOf(until)}`;
  const matches = report.nameMatches === true ? paint.green('matches') : paint.red('does not match');
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  const known = root.known ? paint.green(`known here: ${knownBy.map(placeOf).join(', ')}`) : paint.red('not known here');
  return [
    ['certificate', `${visible(subject)}, ${valid}`],
    ['names', `${visible(shown.join(', ') || 'none')}: ${matches}`],
    ['chain', visible(chain.join(' < '))],
    ['root', `${visible(root.name)}, ${known}`],
    ...(root.sha256 === null ? [] : [['', `SHA-256 ${root.sha256}`]]),
  ];
}

function placeOf(place: 'Node.js' | RootFile): string {
  return place === 'Node.js' ? 'a public root' : `in ${visible(place.path)}`;
}

/** The mode, and how libpq is told: the other drivers' words stand in the guide. */
function useText({ offersTls, nameMatches }: HostReport, use: string, knownBy: readonly ('Node.js' | RootFile)[], paint: Paint): string {
  const file = knownBy.find((place) => place !== 'Node.js');
  const root = use === 'require' ? '' : file !== undefined && file.as !== 'default' ? ` sslrootcert=${visible(file.path)}` : knownBy.includes('Node.js') && use === 'verify-full' ? ' sslrootcert=system' : '';
  const direct = offersTls === true ? '' : ' sslnegotiation=direct';
  const color = use === 'verify-full' ? paint.green : paint.yellow;
  const better = use === 'require' && nameMatches === true ? ', for as long as this machine cannot verify it; then verify-full' : '';
  return `${color(use)}${better}   (libpq: sslmode=${use}${root}${direct}; other drivers: ${GUIDE})`;
}

function comparisonBlock({ connections, compared, hidden, clients }: Comparison, paint: Paint): string {
  const lines = clients.map((client) => `${clientLine(client, paint)}\n`);
  const unseen = hidden === 0 ? '' : ` Of ${plural(hidden, 'connection')} the host is hidden (a variable, a secret), so it is not known whether they go there.`;
  const found = `${compared === 0 ? 'None' : compared} of ${plural(connections, 'connection')} ${compared === 1 ? 'goes' : 'go'} there`;
  const fails = clients.filter(({ verdict }) => verdict === 'fails').length;
  const verdict = compared === 0 ? '.' : clients.length === 0 ? ', and all of these connect and protect as much as the server offers.' : `: ${fails} cannot connect, ${clients.length - fails} fall short of what the server offers.`;
  return `${lines.join('')}${found}${verdict}${unseen}\n`;
}

function clientLine({ file, line, column, key, verdict, message }: ClientReport, paint: Paint): string {
  const word = verdict === 'fails' ? paint.red('fails') : paint.yellow('falls short');
  return `${visible(file)}:${line}:${column}: ${word}${key === null ? '' : ` (${visible(key)})`}: ${visible(message)}`;
}
