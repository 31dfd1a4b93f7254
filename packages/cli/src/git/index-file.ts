import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Blob } from './repository.ts';

/** Bytes of SHA-1. */
const OID = 20;
const HEADER = 12;
/** What git keeps of a file's status before its object. */
const STATUS = 40;

/**
 * What git's index holds, by path from the top, read from the file itself: to ask git takes longer than the scan of a file
 * (docs/performance.md). Files in conflict are left out. `null` where git has to be asked: an index that is split or
 * sparse, has no checksum or another hash than SHA-1, is of a later version, or is broken.
 *
 * https://git-scm.com/docs/index-format
 */
export function parseIndex(file: Uint8Array): ReadonlyMap<string, Blob> | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.length - OID;
  if (end < HEADER || bytes.toString('latin1', 0, 4) !== 'DIRC' || !bytes.subarray(end).equals(createHash('sha1').update(bytes.subarray(0, end)).digest())) return null;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return null;
  const blobs = new Map<string, Blob>();
  let at = HEADER;
  let path: Buffer = bytes.subarray(0, 0);
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const entry = at;
    if (entry + STATUS + OID + 2 > end) return null;
    const flags = bytes.readUInt16BE(entry + STATUS + OID);
    at = entry + STATUS + OID + (version > 2 && (flags & 0x4000) !== 0 ? 4 : 2);
    let kept = path.subarray(0, 0);
    if (version === 4) {
      const { value, next } = offsetAt(bytes, at);
      if (value > path.length) return null;
      kept = path.subarray(0, path.length - value);
      at = next;
    }
    const close = bytes.indexOf(0, at);
    if (close < 0 || close >= end) return null;
    path = kept.length === 0 ? bytes.subarray(at, close) : Buffer.concat([kept, bytes.subarray(at, close)]);
    // Up to version 3 an entry's length is a multiple of eight, with one to eight zero bytes behind the name.
    at = version === 4 ? close + 1 : entry + ((close - entry + 8) & ~7);
    const mode = bytes.readUInt32BE(entry + 24).toString(8);
    const stage = (flags >> 12) & 3;
    if (stage === 0) blobs.set(path.toString(), { mode, oid: bytes.toString('hex', entry + STATUS, entry + STATUS + OID) });
  }
  return onlyGitKnows(bytes, at, end) ? null : blobs;
}

/** The number of bytes to take off the path before, as pack files write offsets. */
function offsetAt(bytes: Buffer, start: number): { readonly value: number; readonly next: number } {
  let at = start;
  let byte = bytes[at++] ?? 0;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0 && at - start < 5) {
    byte = bytes[at++] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next: at };
}

/** Extensions in lower case change what the entries mean: `link` says that most are elsewhere, `sdir` that folders stand for their files. */
function onlyGitKnows(bytes: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at + 8 <= end) {
    const first = bytes[at] ?? 0;
    if (first < 0x41 || first > 0x5a) return true;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at !== end;
}
