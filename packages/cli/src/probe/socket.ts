import { Buffer } from 'node:buffer';
import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import type { Unfinished } from './wire.ts';

/** A moment of `performance.now()` after which nothing is waited for. */
export type Deadline = number;

/** Nothing came of it, and why: a clause that can follow a colon. */
export interface Failure {
  readonly failed: 'unreachable' | 'closed' | 'silent' | 'handshake';
  readonly why: string;
}

/** What a TLS handshake showed. */
export interface Handshake {
  readonly protocol: string;
  readonly cipher: string;
  /** `postgresql` was agreed on: what a client that begins with TLS at once insists on. */
  readonly alpn: boolean;
  /** From the server's own to the root, as far as it is sent or known here. */
  readonly chain: readonly X509Certificate[];
  /** OpenSSL's word for what is wrong with the chain; `null` for nothing. */
  readonly chainError: string | null;
  /** Whether the certificate is for the name that was asked for. */
  readonly nameMatches: boolean;
}

/** How far back in time a client goes: TLS 1.2 and above; whatever there is; nothing but what is outdated. */
export type Offer = 'present-day' | 'anything' | 'outdated';

/** Addresses of a host, in the order in which the system would try them. */
export async function addressesOf(host: string): Promise<readonly string[] | Failure> {
  if (isIP(host) !== 0) return [host];
  try {
    const found = await lookup(host, { all: true });
    return [...new Set(found.map(({ address }) => address))];
  } catch (error) {
    return { failed: 'unreachable', why: reasonOf(error) };
  }
}

/** Opens a connection. */
export function open(address: string, port: number, deadline: Deadline): Promise<Socket | Failure> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host: address, port });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve({ failed: 'silent', why: 'it does not answer' });
    }, left(deadline));
    socket.once('connect', () => {
      clearTimeout(timer);
      // Errors that come when nobody waits for anything: the end of it, which the next wait sees.
      socket.on('error', ignore);
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      resolve({ failed: 'unreachable', why: reasonOf(error) });
    });
  });
}

/** Sends something and reads until `read` can tell what the answer is. What comes after it stays in the socket. */
export function ask<T>(socket: Socket | TLSSocket, question: Uint8Array, read: (bytes: Buffer) => T | Unfinished, deadline: Deadline): Promise<T | Failure> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const settle = (result: T | Failure): void => {
      clearTimeout(timer);
      socket.pause();
      socket.off('data', onData).off('close', onEnd).off('end', onEnd);
      resolve(result);
    };
    const onEnd = (): void => {
      settle({ failed: 'closed', why: 'it closes the connection without a word' });
    };
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const result = read(bytes);
      if (result !== 'unfinished') settle(result);
    };
    const timer = setTimeout(() => {
      settle({ failed: 'silent', why: 'it takes the connection and does not answer' });
    }, left(deadline));
    if (socket.destroyed) {
      onEnd();
      return;
    }
    socket.on('data', onData).on('close', onEnd).on('end', onEnd);
    socket.write(question);
  });
}

/** Goes over to TLS. The certificate is looked at, never insisted on: nothing secret follows. */
export function secure(socket: Socket, host: string, context: SecureContext, deadline: Deadline): Promise<{ readonly stream: TLSSocket; readonly handshake: Handshake } | Failure> {
  return new Promise((resolve) => {
    const stream = connectTls({
      socket,
      secureContext: context,
      // libpq 17 and later say so in both ways of starting TLS, and insist on it where there was no request.
      ALPNProtocols: ['postgresql'],
      rejectUnauthorized: false,
      // Judged apart, below.
      checkServerIdentity: () => undefined,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const fail = (failed: Failure['failed'], why: string): void => {
      clearTimeout(timer);
      stream.destroy();
      resolve({ failed, why });
    };
    const timer = setTimeout(() => {
      fail('silent', 'it does not answer to a TLS handshake');
    }, left(deadline));
    stream.once('secureConnect', () => {
      clearTimeout(timer);
      stream.on('error', ignore);
      resolve({ stream, handshake: seen(stream, host) });
    });
    stream.once('error', (error) => {
      fail('handshake', reasonOf(error));
    });
    stream.once('close', () => {
      fail('closed', 'it closes the connection during the TLS handshake');
    });
  });
}

function seen(stream: TLSSocket, host: string): Handshake {
  const peer = stream.getPeerCertificate(true);
  return {
    protocol: stream.getProtocol() ?? 'unknown',
    cipher: stream.getCipher().standardName,
    alpn: stream.alpnProtocol === 'postgresql',
    chain: chainOf(peer),
    // A word like UNABLE_TO_GET_ISSUER_CERT_LOCALLY, whatever the types say of it.
    chainError: stream.authorized ? null : String(stream.authorizationError),
    // Without any certificate, as an anonymous cipher would have it, there is no name.
    nameMatches: isThere(peer) && checkServerIdentity(host, peer) === undefined,
  };
}

type Peer = ReturnType<TLSSocket['getPeerCertificate']> & { readonly issuerCertificate?: Peer | undefined };

function isThere(peer: Partial<Peer> | undefined): peer is Peer {
  return peer?.raw !== undefined;
}

function chainOf(first: Peer): X509Certificate[] {
  const chain: X509Certificate[] = [];
  // A root is its own issuer.
  for (let at: Peer | undefined = first; isThere(at) && at.fingerprint256 !== chain.at(-1)?.fingerprint256; at = at.issuerCertificate) {
    chain.push(new X509Certificate(at.raw));
  }
  return chain;
}

/** What a client brings to a handshake, by how far back in time it goes. */
export type Contexts = (offer: Offer) => SecureContext;

/** Clients that know these roots (PEM). Each is made once: that takes longer than a handshake. */
export function contextsFor(roots: readonly string[]): Contexts {
  const made = new Map<Offer, SecureContext>();
  return (offer) => {
    const context = made.get(offer) ?? contextFor(offer, [...roots]);
    made.set(offer, context);
    return context;
  };
}

function contextFor(offer: Offer, ca: string[]): SecureContext {
  if (offer === 'present-day') return createSecureContext({ ca, minVersion: 'TLSv1.2' });
  // Level 0 lets OpenSSL take what it would refuse to touch: old versions, short keys.
  return createSecureContext({ ca, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0', ...(offer === 'outdated' ? { maxVersion: 'TLSv1.1' } : {}) });
}

/** Whether something went wrong. */
export function isFailure(result: unknown): result is Failure {
  return typeof result === 'object' && result !== null && 'failed' in result;
}

function left(deadline: Deadline): number {
  return Math.max(1, Math.ceil(deadline - performance.now()));
}

function ignore(): void {
  // See where it is used.
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'its name cannot be looked up now (DNS does not answer)',
  EHOSTUNREACH: 'there is no way to it (host unreachable)',
  ENETUNREACH: 'there is no way to it (network unreachable)',
  EADDRNOTAVAIL: 'there is no way to it (this machine has no address of that kind)',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it breaks the connection off',
  EPIPE: 'it breaks the connection off',
  EPROTO: 'the TLS handshake fails',
};

function reasonOf(error: unknown): string {
  const { code, reason } = error as { readonly code?: unknown; readonly reason?: unknown };
  // OpenSSL's own words: "tlsv1 alert protocol version".
  const openssl = typeof reason === 'string' ? reason.replace(/[^\w .-]/g, '').slice(0, 80) : '';
  if (openssl !== '') return `the TLS handshake fails (${openssl})`;
  return typeof code === 'string' ? (REASONS[code] ?? code) : 'it cannot be connected to';
}
