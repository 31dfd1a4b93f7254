/** What came out of decoding: the value, read as well as can be, and what is wrong with it. */
export interface Decoded {
  readonly value: string;
  /** A sentence without any part of the input; `null` where all is well. */
  readonly problem: string | null;
  /** Where in the raw text it is wrong. */
  readonly at: number;
}

/** What stays as it is. */
export function undecoded(raw: string): Decoded {
  return { value: raw, problem: null, at: 0 };
}

/** How many bytes a UTF-8 sequence has that begins with this one. */
function sequenceLength(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** A run of percent-encoded bytes as text. A byte that is no UTF-8 becomes U+FFFD: what drivers do with it differs. */
function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    let text = '';
    for (let at = 0; at < run.length; ) {
      const end = at + 3 * sequenceLength(Number.parseInt(run.slice(at + 1, at + 3), 16));
      try {
        text += decodeURIComponent(run.slice(at, end));
        at = end;
      } catch {
        text += '\uFFFD';
        at += 3;
      }
    }
    return text;
  }
}

/** Decodes `%XX`; a percent sign without two hexadecimal digits stays, and is the problem. */
function decodeBytes(raw: string): Decoded {
  if (!raw.includes('%')) return undecoded(raw);
  const value = raw.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeRun);
  const bad = /%(?![0-9A-Fa-f]{2})/.exec(raw);
  return bad === null
    ? { value, problem: null, at: 0 }
    : { value, problem: 'A percent sign is not followed by two hexadecimal digits; a percent sign itself is written %25.', at: bad.index };
}

/** Where the part of a text begins and ends that has no spaces around it: U+0020 alone, as libpq looks for. */
function withoutSpaces(text: string): { readonly start: number; readonly end: number } {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start += 1;
  while (end > start && text[end - 1] === ' ') end -= 1;
  return { start, end };
}

/** Whether a space stands between other units. */
export function hasSpaceInside(text: string): boolean {
  const { start, end } = withoutSpaces(text);
  return text.slice(start, end).includes(' ');
}

/** What libpq says where {@link hasSpaceInside}. */
export const SPACE_INSIDE = 'A space in a URL has to be written %20.';

/**
 * Decodes a part of a URI as libpq 18 does: spaces around it are cut off, one inside it is refused, so is a NUL
 * (src/interfaces/libpq/fe-connect.c, conninfo_uri_decode). Earlier versions keep spaces.
 */
export function decodeUriPart(raw: string): Decoded {
  const { start, end } = withoutSpaces(raw);
  const part = raw.slice(start, end);
  const decoded = decodeBytes(part);
  if (decoded.problem !== null) return { ...decoded, at: start + decoded.at };
  const nul = part.indexOf('%00');
  if (nul !== -1) return { ...decoded, problem: 'A NUL character (%00) cannot be part of a connection string.', at: start + nul };
  const space = part.indexOf(' ');
  return space === -1 ? decoded : { ...decoded, problem: SPACE_INSIDE, at: start + space };
}

/** Decodes as java.net.URLDecoder does, which pgjdbc uses for the database and for values: `+` is a space (util/URLCoder.java). */
export function decodeJavaUrl(raw: string): Decoded {
  return decodeBytes(raw.includes('+') ? raw.replaceAll('+', ' ') : raw);
}
