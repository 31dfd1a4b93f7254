import { type AddressInfo, type Socket, createServer } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Issued } from './pki.ts';

/*
 * Servers with which no driver of the lab would get far: that hang, are slow, are something else, or have a peculiar
 * certificate. Protocol: https://www.postgresql.org/docs/18/protocol-flow.html.
 */

/** How a server differs from one that offers TLS, asks for a password over it, and refuses to do so without. */
export interface Behaviour {
  /** What it shows, its own certificate first; without one it offers no TLS. */
  readonly shows?: readonly Issued[];
  readonly plaintext?: 'refused' | 'password-asked' | 'accepted' | 'closed';
  /** What a login over TLS comes to; by default a request for a password. */
  readonly overTls?: 'refused';
  /** TLS without a request: in the protocol's way (by default), without naming it, or not at all. */
  readonly direct?: 'alpn' | 'no-alpn' | 'refused';
  /** Only these versions. */
  readonly versions?: { readonly min: 'TLSv1' | 'TLSv1.2'; readonly max: 'TLSv1.1' | 'TLSv1.3' };
  /** Waits so long before it answers anything, in milliseconds. */
  readonly delay?: number;
  readonly host?: string;
}

/** A server that is listening, and everything that was sent to it in plaintext or over TLS. */
export interface Listening {
  readonly port: number;
  readonly received: Buffer[];
}

/** Starts one for the time of the test. */
export async function start(behaviour: Behaviour): Promise<Listening> {
  const received: Buffer[] = [];
  const port = await listen((socket) => {
    socket.once('data', (first: Buffer) => {
      received.push(first);
      setTimeout(() => {
        greet(socket, first, behaviour, received);
      }, behaviour.delay ?? 0);
    });
  }, behaviour.host);
  return { port, received };
}

/** Starts anything that is no PostgreSQL: `serve` gets each connection. */
export async function listen(serve: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  server.listen(0, host);
  await new Promise((resolve, reject) => {
    server.once('listening', resolve).once('error', reject);
  });
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function greet(socket: Socket, first: Buffer, behaviour: Behaviour, received: Buffer[]): void {
  const { shows = [], direct = 'alpn', plaintext = 'refused' } = behaviour;
  if (first[0] === 0x16) {
    if (shows.length === 0 || direct === 'refused') socket.destroy();
    else {
      socket.pause();
      socket.unshift(first);
      upgrade(socket, behaviour, received, direct === 'alpn' ? ['postgresql'] : []);
    }
  } else if (first.length === 8 && first.readUInt32BE(4) === 80_877_103) {
    socket.write(shows.length === 0 ? 'N' : 'S');
    if (shows.length > 0) upgrade(socket, behaviour, received, ['postgresql']);
  } else logIn(socket, plaintext);
}

function upgrade(socket: Socket, { shows = [], versions, overTls }: Behaviour, received: Buffer[], alpn: string[]): void {
  const stream = new TLSSocket(socket, {
    isServer: true,
    secureContext: createSecureContext({
      key: shows[0]?.key ?? '',
      cert: shows.map(({ cert }) => cert).join(''),
      ciphers: 'DEFAULT@SECLEVEL=0',
      minVersion: versions?.min ?? 'TLSv1.2',
      maxVersion: versions?.max ?? 'TLSv1.3',
    }),
    ...(alpn.length === 0 ? {} : { ALPNProtocols: alpn }),
  });
  stream.on('error', () => socket.destroy());
  stream.once('data', (startup: Buffer) => {
    received.push(startup);
    logIn(stream, overTls ?? 'password-asked');
  });
}

function logIn(stream: Socket, how: NonNullable<Behaviour['plaintext']>): void {
  if (how === 'closed') stream.destroy();
  else if (how === 'accepted') stream.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]));
  else if (how === 'password-asked') stream.write(Buffer.concat([Buffer.from([0x52, 0, 0, 0, 23, 0, 0, 0, 10]), Buffer.from('SCRAM-SHA-256\0\0')]));
  else stream.end(errorResponse('28000', 'no pg_hba.conf entry for host "127.0.0.1", user "sslmode-probe", database "postgres", no encryption'));
}

/** As a server writes it. */
export function errorResponse(code: string, text: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
