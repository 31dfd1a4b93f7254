import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { reasonOf, specialKind } from './walk.ts';

/** The bytes of a file, or why there are none. */
export type Bytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Most files fit into this. */
const USUAL_BYTES = 64 * 1024;

/**
 * Reads files one after the other into the same memory. Calls that wait are made: what is read lies in the system's
 * cache or on a disk that answers at once, and promises cost five times what the reading itself does
 * (docs/performance.md).
 */
export class FileReader {
  #buffer = new Uint8Array(USUAL_BYTES);

  /**
   * The bytes of a file, unless there are more than `limit`. They are those of this file only until the next call. Never
   * hangs: what is no regular file is not read.
   */
  read(path: string, limit: number): Bytes {
    let file: number | undefined;
    try {
      // Without O_NONBLOCK opening a named pipe waits for a writer (it may have become one since it was listed).
      file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
      const stats = fstatSync(file);
      if (stats.isDirectory()) return { kind: 'unreadable', message: 'cannot be read: it is a folder' };
      if (!stats.isFile()) return { kind: 'unreadable', message: `not read: ${specialKind(stats)}` };
      if (stats.size > limit) return { kind: 'too-large', size: stats.size };
      return this.#content(file, stats.size, limit);
    } catch (error) {
      return { kind: 'unreadable', message: `cannot be read: ${reasonOf(error)}` };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** All up to the end, whatever size was said: a file may grow meanwhile, and those of /proc say 0. */
  #content(file: number, size: number, limit: number): Bytes {
    // One more than there is, so that the end shows.
    if (size >= this.#buffer.length) this.#buffer = new Uint8Array(size + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, this.#buffer, length, this.#buffer.length - length, null);
      if (read === 0) return { kind: 'bytes', bytes: this.#buffer.subarray(0, length) };
      length += read;
      if (length > limit) return { kind: 'too-large', size: length };
      if (length === this.#buffer.length) {
        const larger = new Uint8Array(this.#buffer.length * 2);
        larger.set(this.#buffer);
        this.#buffer = larger;
      }
    }
  }
}

/** The text of a file. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string; readonly problem: { readonly line: number; readonly message: string } | null }
  | { readonly kind: 'binary' };

/** The encoding that a byte order mark names. */
function markedEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Decodes UTF-8, or UTF-16 with a byte order mark. What is not valid is replaced, and the problem says where first. The mark is left out, as in editors' columns. */
export function decode(bytes: Uint8Array): Decoded {
  const encoding = markedEncoding(bytes) ?? 'utf-8';
  // In UTF-8 a NUL is a zero byte, which is found before anything is decoded.
  if (encoding === 'utf-8' && bytes.includes(0)) return { kind: 'binary' };
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) return { kind: 'binary' };
  return { kind: 'text', text, problem: isValid(bytes, encoding) ? null : badBytes(text, encoding) };
}

function isValid(bytes: Uint8Array, encoding: string): boolean {
  if (encoding === 'utf-8') return isUtf8(bytes);
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function badBytes(text: string, encoding: string): { line: number; message: string } {
  const line = text.slice(0, Math.max(0, text.indexOf('\ufffd'))).split('\n').length;
  return { line, message: `not valid ${encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'}: read with its bad bytes replaced` };
}
