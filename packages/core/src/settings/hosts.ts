import type { Span } from '../text.ts';
import type { Setting } from './setting.ts';

/** One of the servers that a connection string names. */
export interface Host {
  /** Name, address or directory of a socket; empty where none is written; `null` where it is hidden. */
  readonly host: string | null;
  /** The address, where it is written apart from the name; `null` where it is hidden. */
  readonly hostaddr?: string | null;
  /** `undefined` where none is written, `null` where it is hidden. */
  readonly port: string | null | undefined;
  /** Where the host is written (else its address). */
  readonly span: Span;
}

/**
 * The servers that a connection string names, in the order in which they are tried; none where only defaults count. Of
 * repeated lists the last counts, as in libpq (fe-connect.c, conninfo_storeval replaces).
 */
export function hostsOf(parsed: { readonly settings: readonly Setting[] }): readonly Host[] {
  const hosts = lastList(parsed.settings, 'host');
  const addresses = lastList(parsed.settings, 'hostaddr');
  const ports = lastList(parsed.settings, 'port');
  return [...(hosts.size >= addresses.size ? hosts : addresses)].map(([index, entry]) => {
    const host = hosts.get(index);
    const hostaddr = addresses.get(index);
    const only = ports.get(0);
    const port = only !== undefined && only.index === undefined ? only : ports.get(index);
    return { host: host === undefined ? '' : host.value, ...(hostaddr !== undefined && { hostaddr: hostaddr.value }), port: port?.value, span: entry.span };
  });
}

/** The last list of that name, by index: a repeated or falling one begins another list. */
function lastList(settings: readonly Setting[], name: string): ReadonlyMap<number, Setting> {
  let list = new Map<number, Setting>();
  let last = -1;
  for (const setting of settings) {
    if (setting.name !== name) continue;
    const index = setting.index ?? 0;
    if (index <= last) list = new Map();
    list.set(index, setting);
    last = index;
  }
  return list;
}
