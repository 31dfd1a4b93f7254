import { fingerprintOf, namesOf, onOneLine, shortName, validityOf } from '../certificates.ts';
import type { CertificateReport } from './report.ts';
import type { Handshake } from './socket.ts';
import { endOf, type ChainEnd, type Trust } from './trust.ts';

/** A server's certificate as reports show it, and where its root is known; `null` where it shows none. */
export function certificateOf({ chain }: Handshake, trust: Trust): { readonly report: CertificateReport; readonly end: ChainEnd } | null {
  const [own] = chain;
  const last = chain.at(-1);
  if (own === undefined || last === undefined) return null;
  const end = endOf(chain, trust);
  const { from, to } = validityOf(own);
  const report = {
    subject: onOneLine(own.subject),
    names: namesOf(own),
    issuer: onOneLine(own.issuer),
    validFrom: iso(from),
    validTo: iso(to),
    chain: chain.map(({ subject }) => onOneLine(subject)),
    root: {
      // Where nobody has it, its name stands in what it issued.
      name: shortName(end.root === null ? last.issuer : end.root.subject),
      sha256: end.root === null ? null : fingerprintOf(end.root),
      known: end.knownBy.length > 0,
    },
  };
  return { report, end };
}

function iso(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
