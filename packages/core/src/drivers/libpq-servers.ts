import { parseIpv4, parseIpv6 } from '../hosts/address.ts';
import type { Setting } from '../settings/setting.ts';
import type { DriverInput, Reason } from './driver.ts';

/** PostgreSQL 18 fe-connect.c, pqConnectOptions2() and PQconnectPoll(): what libpq refuses of hosts, addresses and ports that do not go together. */
export function refusedServers({ string }: Pick<DriverInput, 'string'>): Reason | undefined {
  if (string === null) return undefined;
  const hosts = lastList(string.settings, 'host');
  const addresses = lastList(string.settings, 'hostaddr');
  const ports = lastList(string.settings, 'port');
  // A template may be several.
  if ([...hosts, ...addresses, ...ports].some(({ value }) => value === null)) return undefined;
  const refused = (text: string, setting: Setting | undefined): Reason => ({ text: `libpq fails before it connects: ${text}`, source: 'PostgreSQL 18 fe-connect.c pqConnectOptions2()', ...(setting !== undefined && { setting }) });
  const [names, numbers] = [countOf(hosts), countOf(addresses)];
  if (names > 0 && numbers > 0 && names !== numbers) return refused(`it has ${counted(names, 'host name')} for ${counted(numbers, 'address', 'addresses')}`, addresses[0]);
  const servers = Math.max(1, numbers > 0 ? numbers : names);
  const inAuthority = string.form === 'url' && !/[?&]port=/.test(string.text);
  const given = inAuthority ? authorityOf(string.text) : countOf(ports);
  if (given > 1 && given !== servers) return refused(`it has ${counted(given, 'port')} for ${counted(servers, 'host')}`, ports.at(-1));
  // PQconnectPoll() goes on to the next server where it cannot make anything of this one; a port that is no number ends it all.
  const isShuffled = string.settings.findLast(({ name }) => name === 'load_balance_hosts')?.value === 'random';
  let refusal: Reason | undefined;
  for (let at = 0; at < servers; at++) {
    const port = ports.find(({ index }) => (index ?? 0) === (given > 1 ? at : 0));
    const address = addresses.find(({ index }) => (index ?? 0) === at);
    const why = refusedPort(port?.value ?? '') ?? (isAddress(address?.value ?? '') ? null : 'its `hostaddr` is no address');
    if (why === null) return undefined;
    refusal = refused(why, why.includes('port') ? port : address);
    if (why === NO_NUMBER && !isShuffled) break;
  }
  return refusal;
}

const NO_NUMBER = 'its port is no number';

/** pqParseIntParam(): what strtol takes, up to the largest int. */
function refusedPort(text: string): string | null {
  if (text === '') return null;
  const number = /^[ \t\n\v\f\r]*[+-]?\d+[ \t\n\v\f\r]*$/.test(text) ? Number(text) : NaN;
  if (!(Math.abs(number) < 2 ** 31)) return NO_NUMBER;
  return number >= 1 && number <= 65_535 ? null : 'its port is not between 1 and 65535';
}

/** getaddrinfo() with AI_NUMERICHOST; an empty one counts as not given. */
function isAddress(text: string): boolean {
  return text === '' || parseIpv4(text) !== undefined || (!text.startsWith('[') && parseIpv6(text) !== undefined);
}

/** The elements of the last list of that name. */
function lastList(settings: readonly Setting[], name: string): readonly Setting[] {
  let list: Setting[] = [];
  for (const setting of settings) {
    if (setting.name !== name) continue;
    if ((setting.index ?? 0) <= (list.at(-1)?.index ?? (list.length > 0 ? 0 : -1))) list = [];
    list.push(setting);
  }
  return list;
}

/** An empty value is as good as none; an empty element is one. */
function countOf(list: readonly Setting[]): number {
  return list.length === 1 && list[0]?.value === '' ? 0 : list.length;
}

/** How many servers stand in a URL before its path. */
function authorityOf(url: string): number {
  const authority = /:\/\/([^/?]*)/.exec(url)?.[1] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).split(',').length;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
