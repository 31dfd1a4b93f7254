/** The four kinds of address that matter here. */
export type AddressKind = 'loopback' | 'private' | 'public';

/**
 * What kind of address a text is; `undefined` where it is none. Takes everything that name resolution takes for an
 * address: IPv4 in all forms of inet_aton (`127.1`, `0x7f.1`, `2130706433`, `0177.0.0.1`), IPv6 with or without
 * brackets and zone, IPv4-mapped IPv6.
 */
export function kindOfAddress(text: string): AddressKind | undefined {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return kindOfIpv4(v4);
  const v6 = parseIpv6(text);
  return v6 === undefined ? undefined : kindOfIpv6(v6);
}

/** Of a 32-bit number. Ranges: RFC 6890 (the registry of special-purpose addresses), RFC 1918, RFC 6598 (100.64/10), RFC 3927. */
function kindOfIpv4(address: number): AddressKind {
  const within = (a: number, b: number, bits: number): boolean => {
    const network = a * 2 ** 24 + b * 2 ** 16;
    return Math.floor(address / 2 ** (32 - bits)) === Math.floor(network / 2 ** (32 - bits));
  };
  // A connection to 0.0.0.0 reaches this machine (RFC 1122 3.2.1.3, "this host").
  if (within(127, 0, 8) || address === 0) return 'loopback';
  if (within(10, 0, 8) || within(172, 16, 12) || within(192, 168, 16) || within(100, 64, 10) || within(169, 254, 16)) return 'private';
  return 'public';
}

/** Of eight groups. Ranges: RFC 4291 (::1, ::, fe80::/10, ::ffff:0:0/96), RFC 4193 (fc00::/7). */
function kindOfIpv6(groups: readonly number[]): AddressKind {
  const [first = 0] = groups;
  const [a = 0, b = 0] = groups.slice(6);
  const zeros = groups.findIndex((group) => group !== 0);
  if (zeros === -1 || (zeros === 7 && b === 1)) return 'loopback';
  if (zeros === 5 && groups[5] === 0xffff) return kindOfIpv4(a * 2 ** 16 + b);
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 ? 'private' : 'public';
}

/** As inet_aton and the URL standard read it: one to four parts in decimal, octal or hexadecimal, the last filling what is left. */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split('.', 5);
  if (parts.length > 4) return undefined;
  let address = 0;
  for (const [index, part] of parts.entries()) {
    const value = parseNumber(part);
    const last = index === parts.length - 1;
    const room = last ? 2 ** (8 * (5 - parts.length)) : 256;
    if (value === undefined || value >= room) return undefined;
    address = address * (last ? room : 256) + value;
  }
  return address;
}

function parseNumber(text: string): number | undefined {
  if (text.length > 16) return undefined;
  if (/^0x[0-9a-f]*$/i.test(text)) return text.length === 2 ? 0 : Number.parseInt(text, 16);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
}

/** Eight groups of 16 bits. Brackets and a zone (`%eth0`) are left off. */
export function parseIpv6(text: string): readonly number[] | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const [address = ''] = bare.split('%', 1);
  // 45: `0000:…:0000:ffff:255.255.255.255`, the longest there is.
  if (!address.includes(':') || address.length > 45) return undefined;
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      const v4 = index === parts.length - 1 && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(part) ? parseIpv4(part) : undefined;
      if (v4 === undefined) return undefined;
      groups.push(Math.floor(v4 / 2 ** 16), v4 % 2 ** 16);
    }
  }
  return groups;
}

/** In lower case, without spaces around and the dot of the DNS root: what host patterns are matched against. */
export function canonicalName(host: string): string {
  const name = host.trim().toLowerCase();
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
