import { parseIpv4, parseIpv6 } from '../../hosts/address.ts';
import { classOfHost } from '../../hosts/host-class.ts';
import type { Clients } from '../../server.ts';
import { isDynamic } from '../expand.ts';
import { THIS_MACHINE } from './said.ts';

/**
 * Addresses as the bits that they have in common, behind `4:` or `6:`: of two ranges one holds the other if its bits
 * begin the other's. Empty for all addresses there are.
 */
export type Range = string;

const EVERYWHERE: Clients = { hostClass: 'public', address: null, name: 'clients from anywhere' };

/** 127/8 and ::1; where nothing but this machine is. */
const LOOPBACK: readonly Range[] = [range('127.0.0.0', 8), range('::1', 128), range('::ffff:127.0.0.0', 104)];

/** The ranges that hosts/address.ts calls private. */
const PRIVATE: readonly Range[] = [range('10.0.0.0', 8), range('172.16.0.0', 12), range('192.168.0.0', 16), range('100.64.0.0', 10), range('169.254.0.0', 16), range('fc00::', 7), range('fe80::', 10)];

/** The range of `ADDRESS/BITS`, of an address alone, or of an address and a mask; `null` for anything else. */
export function rangeOf(address: string, mask: string | null): Range | null {
  const slash = address.indexOf('/');
  const bits = bitsOf(slash < 0 ? address : address.slice(0, slash));
  if (bits === null) return null;
  const length = slash >= 0 ? Number(address.slice(slash + 1)) : mask === null ? bits.length - 2 : maskLength(mask);
  return Number.isInteger(length) && length >= 0 && length <= bits.length - 2 ? bits.slice(0, 2 + length) : null;
}

/** Who comes from an address as pg_hba.conf has it (https://www.postgresql.org/docs/current/auth-pg-hba-conf.html): a range, `all`, `samehost`, `samenet`, or a name. */
export function clientsFrom(address: string, mask: string | null): Clients {
  if (address === 'all') return { ...EVERYWHERE, address };
  if (address === 'samehost') return { ...THIS_MACHINE, address };
  if (address === 'samenet') return { hostClass: 'private', address, name: "clients of the server's own networks" };
  const shown = mask === null ? address : `${address} ${mask}`;
  const found = rangeOf(address, mask);
  if (found === null) {
    if (isDynamic(address)) return { hostClass: 'hidden', address: null, name: 'clients' };
    const hostClass = classOfHost(address.replace(/^\./, ''));
    return hostClass === 'loopback' ? { ...THIS_MACHINE, address } : { hostClass, address: shown, name: 'clients of that name' };
  }
  if (found.length === 2) return { ...EVERYWHERE, address: shown };
  if (LOOPBACK.some((loopback) => found.startsWith(loopback))) return { ...THIS_MACHINE, address: shown };
  const hostClass = PRIVATE.some((known) => found.startsWith(known)) ? 'private' : 'public';
  return { hostClass, address: shown, name: `clients from ${shown}` };
}

/** Who comes to a server that listens on these addresses (`listen_addresses`, `listen_addr`): this machine, or anybody. */
export function clientsOf(listens: string | undefined): Clients | null {
  if (listens === undefined || isDynamic(listens)) return null;
  const addresses = listens.split(',').map((address) => address.trim()).filter((address) => address !== '');
  if (addresses.length === 0) return { hostClass: 'socket', address: null, name: 'clients on this machine' };
  const onlyHere = addresses.every((address) => !/^(?:\*|0\.0\.0\.0|::)$/.test(address) && classOfHost(address) === 'loopback');
  return onlyHere ? THIS_MACHINE : null;
}

/** Whether one range holds another. */
export function holds(outer: Range, inner: Range): boolean {
  return inner.startsWith(outer);
}

function range(address: string, length: number): Range {
  return (bitsOf(address) ?? '').slice(0, 2 + length);
}

function bitsOf(address: string): Range | null {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) {
    const number = parseIpv4(address);
    return number === undefined ? null : `4:${number.toString(2).padStart(32, '0')}`;
  }
  const groups = address.includes(':') ? parseIpv6(address) : undefined;
  return groups === undefined ? null : `6:${groups.map((group) => group.toString(2).padStart(16, '0')).join('')}`;
}

function maskLength(mask: string): number {
  const bits = bitsOf(mask)?.slice(2) ?? '';
  return /^1*0*$/.test(bits) && bits !== '' ? bits.replace(/0*$/, '').length : NaN;
}
