import { Buffer } from 'node:buffer';

/*
 * The first bytes of PostgreSQL's protocol, as far as a look at a server needs them. Source of every number:
 * https://www.postgresql.org/docs/18/protocol-message-formats.html.
 */

/** "Do you offer TLS?" */
export const SSL_REQUEST: Uint8Array = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** The name that a look logs in with, and never a password: it stands in the server's log. */
const USER = 'sslmode-probe';
/** One that nearly every server has. Poolers and access rules look at it before they ask for a password. */
const DATABASE = 'postgres';

/** The start of a login: protocol 3.0, a user and a database. */
export const STARTUP: Uint8Array = startup();

function startup(): Buffer {
  const body = Buffer.from(`user\0${USER}\0database\0${DATABASE}\0\0`);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(head.length + body.length, 0);
  head.writeUInt32BE(3 << 16, 4);
  return Buffer.concat([head, body]);
}

/** The way to log in by which the password itself is sent. */
export const CLEARTEXT = 'cleartext';

/** What a server says instead of going on. */
export interface ServerError {
  /** SQLSTATE; empty where it gives none. */
  readonly code: string;
  readonly message: string;
}

/** Answer to {@link SSL_REQUEST}. */
export type SslAnswer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'error'; readonly error: ServerError }
  /** A TLS alert: something that speaks nothing but TLS. */
  | { readonly kind: 'tls-only' }
  | { readonly kind: 'foreign'; readonly what: string };

/** Answer to {@link STARTUP}. */
export type LoginAnswer =
  /** Let in, without any password. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'password-asked'; readonly method: string }
  | { readonly kind: 'refused'; readonly error: ServerError }
  | { readonly kind: 'foreign'; readonly what: string };

/** More bytes are needed to tell. */
export type Unfinished = 'unfinished';

/** No message that comes before a login is longer (fe-protocol3.c gives 30 000 for an error, 2 000 for the others). */
const MAX_MESSAGE = 30_000;
/** Nor are all of them together. */
const MAX_BYTES = 4 * MAX_MESSAGE;
const [YES, NO, ERROR, NOTICE, AUTHENTICATION, VERSION, TLS_ALERT] = [0x53, 0x4e, 0x45, 0x4e, 0x52, 0x76, 0x15];

/** Reads the answer to {@link SSL_REQUEST}. */
export function readSslAnswer(bytes: Buffer): SslAnswer | Unfinished {
  if (bytes.length === 0) return 'unfinished';
  // One byte, and nothing behind it before TLS has begun: SSH greets with an S as well.
  if (bytes[0] === YES && bytes.length === 1) return { kind: 'yes' };
  if (bytes[0] === NO && bytes.length === 1) return { kind: 'no' };
  if (bytes[0] === TLS_ALERT && (bytes.length < 2 || bytes[1] === 3)) return { kind: 'tls-only' };
  if (bytes[0] === ERROR) {
    const error = readError(bytes);
    if (error !== undefined) return error === 'unfinished' ? error : { kind: 'error', error };
  }
  return { kind: 'foreign', what: guess(bytes) };
}

/** Reads the answer to {@link STARTUP}. */
export function readLoginAnswer(bytes: Buffer): LoginAnswer | Unfinished {
  for (let rest = bytes; ; ) {
    if (bytes.length > MAX_BYTES) return { kind: 'foreign', what: guess(bytes) };
    if (rest.length === 0) return 'unfinished';
    const [type] = rest;
    if (type === ERROR) {
      const error = readError(rest);
      if (error !== undefined) return error === 'unfinished' ? error : { kind: 'refused', error };
    }
    const known = type === AUTHENTICATION || type === NOTICE || type === VERSION;
    if (known && rest.length < 5) return 'unfinished';
    const length = known ? rest.readUInt32BE(1) : 0;
    if (!known || length < 4 || length > MAX_MESSAGE) return { kind: 'foreign', what: guess(rest) };
    if (rest.length < length + 1) return 'unfinished';
    if (type === AUTHENTICATION) return length < 8 ? { kind: 'foreign', what: guess(rest) } : authentication(rest.readUInt32BE(5));
    rest = rest.subarray(length + 1);
  }
}

function authentication(code: number): LoginAnswer {
  return code === 0 ? { kind: 'accepted' } : { kind: 'password-asked', method: METHODS[code] ?? `method ${code}` };
}

const METHODS: Readonly<Record<number, string>> = { 2: 'Kerberos V5', 3: CLEARTEXT, 5: 'MD5', 7: 'GSSAPI', 9: 'SSPI', 10: 'SASL' };

/** An ErrorResponse; one of the protocol before 3.0 is a line of text. `undefined`: none of them. */
function readError(bytes: Buffer): ServerError | Unfinished | undefined {
  if (bytes.length < 5) return 'unfinished';
  const length = bytes.readUInt32BE(1);
  if (length < 8 || length > MAX_MESSAGE) {
    const end = bytes.indexOf(0);
    const text = bytes.toString('utf8', 1, end < 0 ? bytes.length : end);
    if (!/^(?:FATAL|ERROR|PANIC)/.test(text)) return undefined;
    return end < 0 ? 'unfinished' : { code: '', message: shown(text) };
  }
  if (bytes.length < length + 1) return 'unfinished';
  let code = '';
  let message = '';
  // Each field is a letter and a text that ends with a NUL.
  for (const field of bytes.toString('utf8', 5, length + 1).split('\0')) {
    if (field.startsWith('C')) code = field.slice(1, 6);
    if (field.startsWith('M')) message = field.slice(1);
  }
  return { code: /^[0-9A-Z]{5}$/.test(code) ? code : '', message: shown(message) };
}

/** A server's own words, for a message: one line, and not without end. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

/** What it is that answers, where that is easily seen. */
function guess(bytes: Buffer): string {
  const start = bytes.toString('latin1', 0, 64);
  if (/^HTTP\/|^\s*<(?:!doctype|html)/i.test(start)) return 'HTTP';
  if (start.startsWith('SSH-')) return 'SSH';
  if (/^220[ -]/.test(start)) return 'SMTP or FTP';
  if (/^-ERR|^\+PONG/.test(start)) return 'Redis';
  // A packet's length in three bytes, its number, and protocol version 10.
  if (bytes.length > 5 && bytes[3] === 0 && bytes[4] === 10) return 'MySQL or MariaDB';
  if (bytes.length > 5 && bytes[3] === 0 && bytes[4] === 0xff) return 'MySQL or MariaDB';
  if (bytes[0] === YES) return 'something that goes on in plaintext after it agreed to TLS';
  return 'something else';
}
