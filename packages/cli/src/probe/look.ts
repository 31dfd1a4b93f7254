import type { Socket } from 'node:net';
import { addressesOf, ask, isFailure, open, secure, type Contexts, type Deadline, type Failure, type Handshake, type Offer } from './socket.ts';
import { SSL_REQUEST, STARTUP, readLoginAnswer, readSslAnswer, type LoginAnswer, type SslAnswer } from './wire.ts';

/** A server to look at. */
export interface Target {
  /** The name that the certificate has to be for. */
  readonly host: string;
  /** Where it is, if not where the name leads to (libpq's `hostaddr`). */
  readonly hostaddr: string | null;
  readonly port: number;
}

/** What was seen of a server, before anything is made of it. */
export interface Look {
  readonly target: Target;
  /** The address that took the connection. */
  readonly address: string | null;
  /** Addresses of the same name that were waited for in vain. One that refuses costs clients nothing. */
  readonly deadAddresses: readonly string[];
  /** Why there is nothing else here. */
  readonly unreachable: string | null;
  readonly ssl: SslAnswer | Failure | null;
  /** After a request for TLS, as a client of today. */
  readonly tls: Handshake | Failure | null;
  /** The same with a client that takes anything: only where the one of today fails. */
  readonly lenient: Handshake | null;
  /** The version, where the server goes below TLS 1.2 with a client that knows nothing better. */
  readonly outdated: string | null;
  /** TLS without a request for it. */
  readonly direct: Handshake | Failure | null;
  /** A login over TLS, and one in plaintext. */
  readonly loginOverTls: LoginAnswer | Failure | null;
  readonly loginInPlaintext: LoginAnswer | Failure | null;
}

/** Looks at one server: a handful of connections, each with one question, and no password on any of them. */
export async function lookAt(target: Target, contexts: Contexts, seconds: number): Promise<Look> {
  const deadline = performance.now() + seconds * 1000;
  const reached = await reach(target, deadline);
  const nothing = { target, deadAddresses: reached.dead, unreachable: null, ssl: null, tls: null, lenient: null, outdated: null, direct: null, loginOverTls: null, loginInPlaintext: null };
  if (!('address' in reached)) return { ...nothing, address: null, unreachable: reached.unreachable };
  const { address, socket } = reached;
  const server = new Server(target, address, contexts, deadline);

  const ssl = await ask(socket, SSL_REQUEST, readSslAnswer, deadline);
  let tls: Handshake | Failure | null = null;
  let loginOverTls: LoginAnswer | Failure | null = null;
  if (!isFailure(ssl) && ssl.kind === 'yes') {
    const secured = await secure(socket, target.host, contexts('present-day'), deadline);
    tls = isFailure(secured) ? secured : secured.handshake;
    if (!isFailure(secured)) {
      loginOverTls = await ask(secured.stream, STARTUP, readLoginAnswer, deadline);
      secured.stream.destroy();
    }
  }
  socket.destroy();
  const seen = { ...nothing, address, ssl, tls, loginOverTls };
  // Whatever it is, it is not PostgreSQL, and is left alone.
  if (!isFailure(ssl) && ssl.kind === 'foreign') return seen;

  const offersTls = tls !== null;
  const [direct, loginInPlaintext, lenient, outdated] = await Promise.all([
    server.handshake('present-day', 'at once'),
    server.plaintext(),
    offersTls && isFailure(tls) ? server.handshake('anything', 'by request') : null,
    offersTls ? server.handshake('outdated', 'by request') : null,
  ]);
  return { ...seen, direct, loginInPlaintext, lenient: isFailure(lenient) ? null : lenient, outdated: outdated === null || isFailure(outdated) ? null : outdated.protocol };
}

type Reached = { readonly dead: Look['deadAddresses'] } & ({ readonly address: string; readonly socket: Socket } | { readonly unreachable: string });

/** The first address that takes a connection, as libpq has it; each gets its share of the time that is left. */
async function reach({ host, hostaddr, port }: Target, deadline: Deadline): Promise<Reached> {
  const addresses = await addressesOf(hostaddr ?? host);
  if (isFailure(addresses)) return { dead: [], unreachable: addresses.why };
  const dead: string[] = [];
  const reasons = new Set<string>();
  for (const [index, address] of addresses.entries()) {
    const now = performance.now();
    const socket = await open(address, port, now + (deadline - now) / (addresses.length - index));
    if (!isFailure(socket)) return { dead, address, socket };
    if (socket.failed === 'silent') dead.push(address);
    reasons.add(socket.why);
  }
  return { dead, unreachable: [...reasons].join('; ') };
}

/** One address, for one question a connection. */
class Server {
  readonly #target: Target;
  readonly #address: string;
  readonly #contexts: Contexts;
  readonly #deadline: Deadline;

  constructor(target: Target, address: string, contexts: Contexts, deadline: Deadline) {
    this.#target = target;
    this.#address = address;
    this.#contexts = contexts;
    this.#deadline = deadline;
  }

  async plaintext(): Promise<LoginAnswer | Failure> {
    return this.#on((socket) => ask(socket, STARTUP, readLoginAnswer, this.#deadline));
  }

  async handshake(offer: Offer, begun: 'at once' | 'by request'): Promise<Handshake | Failure> {
    return this.#on(async (socket) => {
      if (begun === 'by request') {
        const answer = await ask(socket, SSL_REQUEST, readSslAnswer, this.#deadline);
        if (isFailure(answer)) return answer;
        if (answer.kind !== 'yes') return { failed: 'closed', why: 'it offers TLS no longer' };
      }
      const secured = await secure(socket, this.#target.host, this.#contexts(offer), this.#deadline);
      if (isFailure(secured)) return secured;
      secured.stream.destroy();
      return secured.handshake;
    });
  }

  async #on<T>(talk: (socket: Socket) => Promise<T | Failure>): Promise<T | Failure> {
    const socket = await open(this.#address, this.#target.port, this.#deadline);
    if (isFailure(socket)) return socket;
    try {
      return await talk(socket);
    } finally {
      socket.destroy();
    }
  }
}

/** Whether it agrees to TLS when asked for it. */
export function agreesToTls({ ssl }: Look): boolean {
  return ssl !== null && !isFailure(ssl) && ssl.kind === 'yes';
}
