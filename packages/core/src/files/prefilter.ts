import { GENERAL, type Needles } from './needles.ts';
import type { FileKind } from './kind.ts';

/** How far `*` in a needle reaches. */
const MAX_GAP = 100;
/** What stands for `*`, among bytes. */
const GAP = -1;

interface Needle {
  /** All but the first two bytes. */
  readonly rest: readonly number[];
  readonly begins: boolean;
  readonly ends: boolean;
  readonly part: number;
}

/** Needles, for the loop over every byte. */
interface Table {
  /** By the first two bytes: one more than the index in `lists`, 0 for none. */
  readonly starts: Uint16Array;
  readonly lists: readonly (readonly Needle[])[];
  /** Sets of parts that are enough. */
  readonly enough: readonly number[];
  readonly escapes: boolean;
}

/** Letters in lower case, the rest as it is. Filled when first asked for, as the tables are. */
let folded: Uint8Array | undefined;
const tables = new Map<Needles | readonly string[], Table>();

function tableOf(given: Needles | readonly string[]): Table {
  const known = tables.get(given);
  if (known !== undefined) return known;
  const { alone, parts = {}, together = [], escapes }: Needles = 'alone' in given ? given : { alone: given, escapes: false };
  const starts = new Uint16Array(1 << 16);
  const lists: Needle[][] = [];
  const add = (needle: string, part: number): void => {
    const begins = needle.startsWith('<');
    const ends = needle.endsWith('!');
    const [first = 0, second = 0, ...rest] = Array.from(needle.slice(begins ? 1 : 0, ends ? -1 : undefined), (letter) => (letter === '*' ? GAP : letter.charCodeAt(0)));
    const pair = (first << 8) | second;
    const index = starts[pair] ?? 0;
    const list = index === 0 ? [] : (lists[index - 1] ?? []);
    list.push({ rest, begins, ends, part });
    if (index === 0) starts[pair] = lists.push(list);
  };
  const names = Object.keys(parts);
  const bitOf = (name: string): number => 2 << names.indexOf(name);
  for (const needle of alone) add(needle, 1);
  for (const [name, needles] of Object.entries(parts)) for (const needle of needles) add(needle, bitOf(name));
  const table = { starts, lists, enough: [1, ...together.map((set) => set.reduce((bits, name) => bits | bitOf(name), 0))], escapes };
  tables.set(given, table);
  return table;
}

/**
 * Whether a file's bytes can hold anything at all, before they are decoded: of this kind, or of any. Never a miss: true
 * for every file with a connection, an ignore or a server's setting in it, and for many others. One pass.
 */
export function mayHold(bytes: Uint8Array, kind: Pick<FileKind, 'needles'> | null = null): boolean {
  // UTF-16 parts the letters: the caller must decode it to know.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  folded ??= Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte | 32 : byte));
  const fold = folded;
  const { starts, lists, enough, escapes } = tableOf(kind?.needles ?? GENERAL);
  let before = 0;
  let found = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = fold[bytes[at] ?? 0] ?? 0;
    const index = starts[(before << 8) | byte] ?? 0;
    if (escapes && before === BACKSLASH) {
      if (mayWriteLetter(bytes, at)) return true;
      // The second of two begins no escape.
      before = byte === BACKSLASH ? 0 : byte;
      continue;
    }
    before = byte;
    if (index === 0) continue;
    for (const needle of lists[index - 1] ?? []) {
      if ((found & needle.part) !== 0 || !matches(bytes, at, needle, fold)) continue;
      found |= needle.part;
      if (enough.some((set) => (found & set) === set)) return true;
    }
  }
  return false;
}

/** Whether a needle is there whose second byte is at `second`. */
function matches(bytes: Uint8Array, second: number, { rest, begins, ends, part }: Needle, fold: Uint8Array): boolean {
  if (begins && !beginsWord(bytes, second - 1)) return false;
  let at = second + 1;
  for (const wanted of rest) {
    if (wanted === GAP) {
      const last = at + MAX_GAP;
      while (at < bytes.length && at < last && !isAlphanumeric(bytes[at] ?? 0) && bytes[at] !== EQUALS) at++;
    } else if (fold[bytes[at] ?? 0] === wanted) at++;
    else return false;
  }
  if (ends && isAlphanumeric(bytes[at] ?? 0)) return false;
  // A part is one of a name: a key, a variable.
  return part === 1 || !isInProse(bytes, second - 1, at);
}

/** Whether a word stands in a sentence: after a word or a comma, and before another one or at the end of the line. */
function isInProse(bytes: Uint8Array, start: number, end: number): boolean {
  const before = bytes[start - 2] ?? 0;
  if (bytes[start - 1] !== SPACE || !(isLower(before) || before === COMMA)) return false;
  let next = end;
  while (isLower(bytes[next] ?? 0)) next++;
  if (bytes[next] === COMMA || bytes[next] === STOP) next++;
  return bytes[next] === LINE_FEED || (bytes[next] === SPACE && isLower(bytes[next + 1] ?? 0));
}

const BACKSLASH = 0x5c;
const EQUALS = 0x3d;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const COMMA = 0x2c;
const STOP = 0x2e;

function isAlphanumeric(byte: number): boolean {
  return isLower(byte) || isUpper(byte) || isDigit(byte);
}

function isLower(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

function isUpper(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** As group.ts parts names into words. */
function beginsWord(bytes: Uint8Array, at: number): boolean {
  const before = bytes[at - 1] ?? 0;
  // `\ndb_url` in quotes is a line that begins with it.
  return !isAlphanumeric(before) || (isUpper(bytes[at] ?? 0) && !isUpper(before)) || bytes[at - 2] === BACKSLASH;
}

/** Letters behind a backslash that stand for something which is in no needle: `\n`, `\t` … */
const CONTROLS = new Set(Array.from('ntrbfvae', (letter) => letter.charCodeAt(0)));
const HEX_DIGITS = new Map([['x', 2], ['u', 4]].map(([letter, count]) => [String(letter).charCodeAt(0), Number(count)]));
/** What needles hold besides letters and digits. */
const SIGNS = new Set(Array.from(' _-.:=+', (sign) => sign.charCodeAt(0)));

/** Whether the backslash before this byte may write something of a needle. In JSON most write letters of other alphabets. */
function mayWriteLetter(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0;
  if (byte === 10 || byte === 13) return true;
  if (!isLower(byte) && !isUpper(byte)) return false;
  const count = HEX_DIGITS.get(byte);
  if (count === undefined) return !CONTROLS.has(byte);
  const hex = String.fromCharCode(...bytes.subarray(at + 1, at + 1 + count));
  if (hex.length < count || !/^[0-9A-Fa-f]+$/.test(hex)) return true;
  const code = Number.parseInt(hex, 16);
  return isAlphanumeric(code) || SIGNS.has(code);
}
