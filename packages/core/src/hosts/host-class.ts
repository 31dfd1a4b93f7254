import { canonicalName, kindOfAddress } from './address.ts';
import { isPrivateByProvider } from './providers.ts';

/** Classes of hosts, least exposed first (INTERFACES.md, "Host classes"). */
export const HOST_CLASSES = ['socket', 'loopback', 'local', 'private', 'hidden', 'public'] as const;

export type HostClass = (typeof HOST_CLASSES)[number];

/** Name endings that public DNS does not resolve: RFC 9476 and ICANN's reservation (.internal), RFC 6762 (.local), Kubernetes (.svc), usual routers (.lan). */
const PRIVATE_ENDINGS = ['.internal', '.local', '.svc', '.lan'];

/** Names that always mean this machine: RFC 6761 6.3; the last as systemd-resolved and many /etc/hosts have it. */
const LOOPBACK_NAMES = ['localhost', 'localhost.localdomain'];

/**
 * The class of a host as a driver is given it, decoded.
 *
 * @param host `null`: a template, secret or variable hides it. Empty: the driver's own default, which is this machine.
 * @param options.hostaddr libpq's `hostaddr`: the address that is really connected to, so it decides where it is one.
 * @param options.localNames services and containers of the compose file, CI job or devcontainer that the host stands in; asked for only where a name may be one of them.
 */
export function classOfHost(
  host: string | null,
  options: { readonly hostaddr?: string; readonly localNames?: () => readonly string[] } = {},
): HostClass {
  const address = options.hostaddr === undefined ? undefined : kindOfAddress(options.hostaddr.trim());
  if (address !== undefined) return address;
  if (host === null) return 'hidden';
  if (isSocket(host)) return 'socket';
  const kind = kindOfAddress(host);
  if (kind !== undefined) return kind;

  const name = canonicalName(host);
  if (name === '') return 'loopback';
  // `127.0.0.1.`: a trailing dot does not keep it from being an address.
  const dotless = kindOfAddress(name);
  if (dotless !== undefined) return dotless;
  if (LOOPBACK_NAMES.some((loopback) => name === loopback || name.endsWith(`.${loopback}`))) return 'loopback';
  if (!name.includes('.')) {
    return options.localNames?.().some((local) => canonicalName(local) === name) === true ? 'local' : 'private';
  }
  if (PRIVATE_ENDINGS.some((ending) => name.endsWith(ending)) || isPrivateByProvider(name)) return 'private';
  return 'public';
}

/** The most exposed of some classes: several hosts are judged by it. `loopback`, a driver's own default, for none. */
export function strictest(classes: readonly HostClass[]): HostClass {
  return HOST_CLASSES.findLast((hostClass) => classes.includes(hostClass)) ?? 'loopback';
}

/** A directory of Unix sockets (libpq: an absolute path, on Windows with a drive) or, after `@`, a name in the abstract namespace. */
function isSocket(host: string): boolean {
  const start = host.slice(0, 3).toLowerCase();
  return /^[/@]/.test(start) || start === '%2f' || start === '%40' || /^[a-z]:[\\/]/.test(start);
}
