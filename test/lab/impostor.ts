import { mkdirSync } from 'node:fs';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket, createSecureContext } from 'node:tls';
import type { Certificates, Identity } from './certificates.ts';

/*
 * Servers that look like PostgreSQL as far as a login goes (protocol 3.0:
 * https://www.postgresql.org/docs/18/protocol-flow.html), and that write down what a client let go of, and over what.
 * All of them ask for the password in cleartext, as an impostor would, and let everybody in.
 */

/** How each differs from a server with a good certificate that takes clients with and without TLS. */
export const ENDPOINTS = {
  /** Nothing out of the ordinary: a certificate of the root, for the right name. */
  good: {},
  /** Answers a request for TLS with N. */
  plaintext: { offers: 'nothing' },
  /** Its certificate is of the root, for another name. */
  'wrong-name': { shows: 'wrongName' },
  /** Its certificate is issued by itself. */
  'self-signed': { shows: 'selfSigned' },
  /** Refuses to log anybody in without TLS, as `hostssl` does. */
  insists: { insists: true },
  /** Answers a request for TLS with an error, as a server from before TLS did, or one out of resources. */
  'refuses-tls': { offers: 'an-error' },
  /** Answers S, then breaks the handshake off. */
  'breaks-handshake': { offers: 'a-broken-handshake' },
} as const satisfies Record<string, Behaviour>;

/** One of the servers. */
export type EndpointName = keyof typeof ENDPOINTS;

interface Behaviour {
  readonly offers?: 'nothing' | 'an-error' | 'a-broken-handshake';
  readonly shows?: 'good' | 'wrongName' | 'selfSigned';
  readonly insists?: boolean;
}

/** What something was sent over. */
type Over = 'plaintext' | 'tls';

/** What one client let go of. */
export interface Seen {
  /** Connections opened, all of them. */
  connections: number;
  /** How TLS was begun, each time: by request, or without one (`sslnegotiation=direct`). */
  readonly negotiations: ('request' | 'direct')[];
  /** Start-up messages, with the parameters that they carry besides user and database. */
  readonly startups: { readonly over: Over; readonly parameters: Readonly<Record<string, string>> }[];
  /** Passwords that arrived, by what they came over. */
  readonly passwords: Over[];
}

/** A server that is listening. */
export interface Endpoint {
  readonly name: EndpointName;
  readonly port: number;
  /** A folder whose `.s.PGSQL.5432` is the same server on a Unix socket. */
  readonly socketFolder: string;
  /** What arrived since it was last asked, once every connection is closed (or after a tenth of a second: a driver that crashed leaves them open). */
  take(): Promise<Seen>;
  close(): void;
}

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const TLS_HANDSHAKE = 0x16;

/** Starts one of the servers on a free port of 127.0.0.1. */
export async function startEndpoint(name: EndpointName, certificates: Certificates, folder: string): Promise<Endpoint> {
  const behaviour: Behaviour = ENDPOINTS[name];
  const context = contextOf(certificates[behaviour.shows ?? 'good']);
  const socketFolder = join(folder, name);
  mkdirSync(socketFolder, { recursive: true });
  let seen = nothingSeen();
  const open = new Set<Socket>();
  const serve = (socket: Socket): void => {
    seen.connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    greet(socket, behaviour, context, seen);
  };
  const tcp = createServer(serve).listen(0, '127.0.0.1');
  // PgBouncer runs as somebody else.
  const local = createServer(serve).listen({ path: join(socketFolder, '.s.PGSQL.5432'), readableAll: true, writableAll: true });
  await Promise.all([listening(tcp), listening(local)]);
  return {
    name,
    port: (tcp.address() as AddressInfo).port,
    socketFolder,
    async take() {
      for (let waited = 0; open.size > 0 && waited < 100; waited += 5) await new Promise((resolve) => setTimeout(resolve, 5));
      for (const socket of open) socket.destroy();
      const taken = seen;
      seen = nothingSeen();
      return taken;
    },
    close() {
      for (const socket of open) socket.destroy();
      tcp.close();
      local.close();
    },
  };
}

function nothingSeen(): Seen {
  return { connections: 0, negotiations: [], startups: [], passwords: [] };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('listening', resolve).on('error', reject);
  });
}

function contextOf({ key, cert }: Identity): SecureContext {
  return createSecureContext({ key, cert, minVersion: 'TLSv1.2' });
}

/** The first bytes of a connection: TLS at once, a request for it, or a login in plaintext. */
function greet(socket: Socket, behaviour: Behaviour, context: SecureContext, seen: Seen): void {
  socket.once('data', (first: Buffer) => {
    if (first[0] === TLS_HANDSHAKE) {
      seen.negotiations.push('direct');
      if (behaviour.offers !== undefined) socket.destroy();
      else {
        // Flowing, it would give the bytes to nobody; TLSSocket takes what is buffered.
        socket.pause();
        socket.unshift(first);
        upgrade(socket, context, behaviour, seen);
      }
      return;
    }
    const code = first.length >= 8 ? first.readUInt32BE(4) : 0;
    if (code === GSS_REQUEST) {
      socket.write('N');
      greet(socket, behaviour, context, seen);
    } else if (code !== SSL_REQUEST) {
      logIn(socket, 'plaintext', behaviour, seen, first);
    } else {
      seen.negotiations.push('request');
      offer(socket, behaviour, context, seen);
    }
  });
}

function offer(socket: Socket, behaviour: Behaviour, context: SecureContext, seen: Seen): void {
  switch (behaviour.offers) {
    case undefined:
      socket.write('S');
      upgrade(socket, context, behaviour, seen);
      return;
    case 'nothing':
      // The client may go on in plaintext on the same connection.
      socket.write('N');
      greet(socket, behaviour, context, seen);
      return;
    case 'an-error':
      socket.end(errorResponse('FATAL', '0A000', 'unsupported frontend protocol 1234.5679: server supports 2.0 to 3.0'));
      return;
    case 'a-broken-handshake':
      socket.write('S');
      socket.once('data', () => socket.destroy());
  }
}

function upgrade(socket: Socket, context: SecureContext, behaviour: Behaviour, seen: Seen): void {
  const secure = new TLSSocket(socket, { isServer: true, secureContext: context, ALPNProtocols: ['postgresql'] });
  // The client doesn't trust us, most of the time.
  secure.on('error', () => socket.destroy());
  logIn(secure, 'tls', behaviour, seen, Buffer.alloc(0));
}

/** From the start-up message on. */
function logIn(stream: Duplex, over: Over, { insists }: Behaviour, seen: Seen, first: Buffer): void {
  let rest = first;
  let started = false;
  const read = (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = rest.readUInt32BE(head) + head;
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      if (started) answer(stream, over, message, seen);
      else {
        started = true;
        seen.startups.push({ over, parameters: parametersOf(message) });
        if (insists === true && over === 'plaintext') stream.end(errorResponse('FATAL', '28000', 'no pg_hba.conf entry for host "127.0.0.1", user "app", database "app", no encryption'));
        else stream.write(message_('R', Buffer.from([0, 0, 0, 3])));
      }
    }
  };
  stream.on('data', read);
  if (rest.length > 0) read(Buffer.alloc(0));
}

/** A start-up message's names and values, but for whom and where to. */
function parametersOf(message: Buffer): Record<string, string> {
  const texts = message.subarray(8).toString().split('\0');
  const parameters: Record<string, string> = {};
  for (let at = 0; at + 1 < texts.length && texts[at] !== ''; at += 2) {
    const name = texts[at] ?? '';
    if (name !== 'user' && name !== 'database') parameters[name] = texts[at + 1] ?? '';
  }
  return parameters;
}

function answer(stream: Duplex, over: Over, message: Buffer, seen: Seen): void {
  const ready = message_('Z', Buffer.from('I'));
  switch (String.fromCharCode(message[0] ?? 0)) {
    case 'p':
      seen.passwords.push(over);
      stream.write(Buffer.concat([message_('R', Buffer.alloc(4)), message_('S', Buffer.from('server_version\x0018.0\0')), message_('S', Buffer.from('client_encoding\0UTF8\0')), message_('K', Buffer.alloc(8, 1)), ready]));
      return;
    case 'Q':
      stream.write(Buffer.concat([message_('C', Buffer.from('SELECT 0\0')), ready]));
      return;
    case 'X':
      stream.end();
      return;
    // The extended protocol, for clients that ask all their questions so: no question has an answer here.
    case 'P':
    case 'B':
    case 'C':
      stream.write(message_({ P: '1', B: '2', C: '3' }[String.fromCharCode(message[0] ?? 0)] ?? '', Buffer.alloc(0)));
      return;
    case 'D':
      stream.write(Buffer.concat([...(message[5] === 0x53 ? [message_('t', Buffer.alloc(2))] : []), message_('n', Buffer.alloc(0))]));
      return;
    case 'E':
      stream.write(message_('C', Buffer.from('SELECT 0\0')));
      return;
    case 'S':
      stream.write(ready);
      return;
    case 'H':
      return;
    default:
      stream.end(errorResponse('FATAL', '0A000', 'not in the lab'));
  }
}

function message_(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function errorResponse(severity: string, code: string, text: string): Buffer {
  return message_('E', Buffer.from(`S${severity}\0V${severity}\0C${code}\0M${text}\0\0`));
}
