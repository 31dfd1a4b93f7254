import { hostsOf, parseGiven } from '@sslmode/core';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { UsageError } from '../io.ts';
import { quoted } from '../options.ts';
import type { Target } from './look.ts';

/** PostgreSQL's own (IANA). */
const DEFAULT_PORT = 5432;

/** Servers as a command line names them: `HOST`, `HOST:PORT`, `[IPV6]:PORT`, several with commas. */
export function targetsOfWords(words: readonly string[]): Target[] {
  return distinct(words.flatMap((word) => (isConnectionString(word) ? refuseString() : word.split(','))).map(targetOfWord));
}

/** Not quoted in any message: it may hold a password. */
function isConnectionString(word: string): boolean {
  return /:\/\/|[=@?]/.test(word);
}

function refuseString(): never {
  throw new UsageError("probe takes HOST[:PORT]. For a connection string: sslmode probe --from STRING");
}

function targetOfWord(word: string): Target {
  if (/^[/\\]/.test(word)) throw socketError();
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(word);
  if (bracketed !== null) return target(bracketed[1] ?? '', bracketed[2], word);
  if (isIP(word) === 6) return target(word, undefined, word);
  const [host = '', port, ...more] = word.split(':');
  if (more.length > 0) throw new UsageError(`${quoted(word)} is no host: an IPv6 address with a port is written [::1]:5432.`);
  return target(host, port, word);
}

/** Servers that a connection string names, and the file of roots that it names. */
export function targetsOfString(text: string): { readonly targets: readonly Target[]; readonly root: string | null } {
  const parsed = parseGiven(text);
  if (parsed === null) throw new UsageError('--from takes a connection string, for instance --from "host=db.example.com port=5432".');
  if (parsed.problem !== null) throw new UsageError(`--from: ${parsed.problem.message}`);
  const targets = hostsOf(parsed).map(({ host, hostaddr, port }): Target => {
    if (host === null || hostaddr === null || port === null) throw new UsageError('--from: a template hides the host or the port: put the real one in its place.');
    if (/^[/@]/.test(host) && hostaddr === undefined) throw socketError();
    const address = hostaddr === undefined || hostaddr === '' ? null : hostaddr;
    return { ...target(host === '' ? (address ?? 'localhost') : bare(host), port === '' ? undefined : port, 'the host of --from'), hostaddr: address };
  });
  const root = parsed.settings.findLast(({ name }) => name === 'sslrootcert' || name === 'root certificate')?.value;
  return { targets: targets.length > 0 ? distinct(targets) : [target('localhost', undefined, '')], root: root === undefined || root === '' || root === 'system' ? null : root };
}

function bare(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

function target(host: string, portText: string | undefined, shown: string): Target {
  if (host === '') throw new UsageError('A host is missing: sslmode probe HOST[:PORT]');
  const port = portText === undefined ? DEFAULT_PORT : /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > 65_535) throw new UsageError(`The port of ${quoted(shown)} is none: they go from 1 to 65535.`);
  if (isIP(host) !== 0) return { host, hostaddr: null, port };
  // As it stands in DNS and in certificates.
  const ascii = domainToASCII(host);
  if (ascii === '' || ascii.length > 253 || !/^[\w.-]+$/.test(ascii)) throw new UsageError(`${quoted(shown)} is no name of a host.`);
  return { host: ascii, hostaddr: null, port };
}

function socketError(): UsageError {
  return new UsageError('That is a Unix socket: it never leaves the machine, and PostgreSQL uses no TLS on it. There is nothing to look at.');
}

function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((each) => [JSON.stringify([each.host, each.hostaddr, each.port]), each])).values()];
}
