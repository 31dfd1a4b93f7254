import type { Mode } from '@sslmode/core';
import { fallsShort, type Asked } from './asked.ts';
import { certificateOf } from './chain.ts';
import { agreesToTls, type Look } from './look.ts';
import { problemsOf } from './problems.ts';
import type { HostReport, Plaintext } from './report.ts';
import { isFailure, type Handshake } from './socket.ts';
import type { ChainEnd, Trust } from './trust.ts';

/** What a look comes to. */
export interface Judged {
  readonly report: HostReport;
  /** `unanswered`: not reached, or no PostgreSQL. `finding`: it lets clients in without TLS, or what to use falls short of the policy. */
  readonly outcome: 'fine' | 'finding' | 'unanswered';
  /** For people. */
  readonly end: ChainEnd | null;
}

/** The facts of a look, told apart once for everything that is made of them. */
export interface Facts {
  readonly look: Look;
  readonly postgres: boolean;
  readonly plaintext: Plaintext | null;
  /** A client may begin in plaintext. */
  readonly letsIn: boolean;
  readonly directTls: boolean;
  /** As a client of today sees it; else as one does that takes anything. */
  readonly handshake: Handshake | null;
  /** A client of today gets through the handshake. */
  readonly usable: boolean;
  readonly end: ChainEnd | null;
}

/** Judges what was seen of a server. */
export function judge(look: Look, trust: Trust, asked: Asked, now: Date): Judged {
  const facts = factsOf(look);
  const { postgres, plaintext, directTls, handshake, usable, letsIn } = facts;
  const certificate = handshake === null ? null : certificateOf(handshake, trust);
  const trusted = handshake === null ? null : handshake.chainError === null;
  const nameMatches = handshake?.nameMatches ?? null;
  const verified = usable && trusted === true;
  const works: Mode[] = [
    ...(letsIn ? (['disable', 'allow'] as const) : []),
    // An error in the place of an answer is the end for libpq 17 and later: measured (test/lab, refuses-tls).
    ...(letsIn && !erred(look) ? (['prefer'] as const) : []),
    ...(usable ? (['require'] as const) : []),
    ...(verified ? (['verify-ca'] as const) : []),
    ...(verified && nameMatches === true ? (['verify-full'] as const) : []),
  ];
  const use = works.findLast((mode) => mode === 'require' || mode.startsWith('verify-')) ?? null;
  const short = postgres && fallsShort(use, asked);
  const end = certificate?.end ?? null;
  return {
    report: {
      host: look.target.host,
      port: look.target.port,
      address: look.address,
      postgres,
      offersTls: postgres ? agreesToTls(look) : null,
      directTls: postgres ? directTls : null,
      plaintext,
      protocol: handshake?.protocol ?? null,
      cipher: handshake?.cipher ?? null,
      certificate: certificate?.report ?? null,
      nameMatches,
      trusted,
      works,
      use,
      problems: problemsOf({ ...facts, end }, use, trust, asked, now),
    },
    outcome: !postgres ? 'unanswered' : letsIn || short || works.length === 0 ? 'finding' : 'fine',
    end,
  };
}

function factsOf(look: Look): Omit<Facts, 'end'> {
  const { tls, lenient, direct, loginInPlaintext: login } = look;
  const atOnce = direct !== null && !isFailure(direct) && direct.alpn ? direct : null;
  const postgres = isPostgres(look, atOnce !== null);
  const plaintext = !postgres || login === null ? null : isFailure(login) ? (login.failed === 'closed' ? 'closed' : null) : login.kind === 'foreign' ? null : login.kind;
  const byRequest = tls !== null && !isFailure(tls) ? tls : null;
  return {
    look,
    postgres,
    plaintext,
    letsIn: plaintext === 'password-asked' || plaintext === 'accepted',
    directTls: atOnce !== null,
    handshake: postgres ? (byRequest ?? atOnce ?? lenient) : null,
    usable: postgres && (byRequest ?? atOnce) !== null,
  };
}

/** TLS is answered for in the protocol's way, or a login is. */
function isPostgres({ ssl, loginInPlaintext: login }: Look, directTls: boolean): boolean {
  if (directTls) return true;
  if (login !== null && !isFailure(login)) return login.kind !== 'foreign';
  return ssl !== null && !isFailure(ssl) && (ssl.kind === 'yes' || ssl.kind === 'no' || ssl.kind === 'error');
}

function erred({ ssl }: Look): boolean {
  return ssl !== null && !isFailure(ssl) && ssl.kind === 'error';
}
