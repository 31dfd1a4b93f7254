import type { X509Certificate } from 'node:crypto';
import { compareModes, isWeaker, type Mode } from '@sslmode/core';
import { dayOf, daysLeft, fingerprintOf, namesOf, shortName, shortRsaKey, validityOf } from '../certificates.ts';
import { fallsShort, type Asked } from './asked.ts';
import type { Facts } from './judge.ts';
import { agreesToTls, type Look } from './look.ts';
import { isFailure, type Handshake } from './socket.ts';
import type { RootFile, Trust } from './trust.ts';
import { plural } from '../terminal.ts';
import { CLEARTEXT, type LoginAnswer } from './wire.ts';

/** Everything that is wrong with a server, a sentence or two each: the effect, then what to do. */
export function problemsOf(facts: Facts, use: Mode | null, trust: Trust, asked: Asked, now: Date): string[] {
  const { look, postgres, handshake } = facts;
  if (look.unreachable !== null) return [`Not looked at: ${look.unreachable}.`];
  if (!postgres) return [notPostgres(look)];
  return [
    ...look.deadAddresses.map((address) => `Clients that try its address ${address} wait in vain: it does not answer.`),
    ...plaintextProblems(facts),
    ...tlsProblems(facts),
    ...(handshake === null ? [] : [...certificateProblems(handshake, facts, asked, now), ...rootProblems(handshake, facts, trust, asked)]),
    ...policyProblems(facts, use, asked),
  ];
}

function notPostgres({ ssl, direct }: Look): string {
  if (ssl === null) return 'This is not PostgreSQL.';
  if (isFailure(ssl)) {
    if (ssl.failed === 'silent') return `Not looked at: ${ssl.why} to PostgreSQL's first question in time. It is no PostgreSQL, it hangs, or --timeout is too short.`;
    return `Not looked at: ${ssl.why} when asked for TLS, and when a login begins. It is no PostgreSQL, or it lets this machine not in (a firewall, a pooler's limits).`;
  }
  if (ssl.kind === 'tls-only') {
    const alpn = direct !== null && !isFailure(direct) ? ', and its TLS does not name the protocol (ALPN "postgresql"), which clients of PostgreSQL insist on' : '';
    return `This is not PostgreSQL: it speaks nothing but TLS${alpn}. HTTPS does so.`;
  }
  return `This is not PostgreSQL, but ${ssl.kind === 'foreign' ? ssl.what : 'something else'}. Is the port right?`;
}

function plaintextProblems({ look, plaintext, usable }: Facts): string[] {
  const login = answerOf(look.loginInPlaintext);
  const cure = usable
    ? 'Let it insist on TLS: hostssl instead of host in pg_hba.conf, client_tls_sslmode=require in PgBouncer, or the provider\'s switch.'
    : 'Turn TLS on, and let it insist on that: ssl=on, and hostssl instead of host in pg_hba.conf.';
  switch (plaintext) {
    case 'accepted':
      return [`Anybody who reaches it gets in without TLS and without a password (\`trust\`). ${cure}`];
    case 'password-asked': {
      const cleartext = login?.kind === 'password-asked' && login.method === CLEARTEXT;
      const what = cleartext ? 'it lets clients in without TLS and then asks for the password itself, so everybody on the way can read it' : 'it lets clients in without TLS, so everybody on the way can read what they send and change it';
      return [`${what.replace(/^it lets/, 'It lets')}. ${cure}`];
    }
    case 'refused':
      return login?.kind === 'refused' ? refusalProblems(login, answerOf(look.loginOverTls)) : [];
    case null:
      return ['It did not answer to a login without TLS in time, so it is not known whether it lets clients in so: try again with a longer --timeout.'];
    case 'closed':
      return [];
  }
}

/** A refusal shows that TLS is insisted on only if the same login fares better over TLS. */
function refusalProblems({ error }: LoginAnswer & { readonly kind: 'refused' }, overTls: LoginAnswer | null): string[] {
  if (/^(?:53|57P)/.test(error.code)) {
    return [`It takes nobody in at the moment ("${error.message}"), which does not show that it insists on TLS: try again later.`];
  }
  if (overTls?.kind !== 'refused') return [];
  const said = overTls.error.message === '' ? '' : ` ("${overTls.error.message}")`;
  return [`It refuses the user of this probe over TLS as well${said}, so the refusal in plaintext does not show that it insists on TLS for others.`];
}

function tlsProblems({ look, handshake, usable, directTls }: Facts): string[] {
  const { ssl, tls, lenient, outdated, direct } = look;
  const problems: string[] = [];
  if (ssl !== null && isFailure(ssl)) problems.push(`Clients that ask for TLS get no answer: ${ssl.why}.`);
  else if (ssl?.kind === 'error') problems.push(`Clients that ask for TLS get an error instead of an answer ("${ssl.error.message}"), and libpq of today gives up there, with sslmode=prefer too.`);
  else if (ssl?.kind === 'no' && !directTls) problems.push('It offers no TLS: with it, everything goes out in plaintext, and clients that insist on TLS fail with "server does not support SSL". Set ssl=on and give it a certificate.');
  if (tls !== null && isFailure(tls)) {
    if (lenient === null) problems.push(`It offers TLS, and then ${tls.why}: every client that uses TLS fails. Its log says why.`);
    else problems.push(`Clients of today fail: ${tls.why}. Only one that takes outdated TLS gets through (${lenient.protocol}, ${lenient.cipher}). Set ssl_min_protocol_version=TLSv1.2, and give it a certificate with a key of today.`);
  }
  if (outdated !== null && usable) problems.push(`It goes down to ${outdated} for clients that ask for it, which RFC 8996 forbids: set ssl_min_protocol_version=TLSv1.2.`);
  if (handshake !== null && usable && directTls && !agreesToTls(look)) problems.push('Only clients that begin with TLS at once get it: libpq 17 and later with sslnegotiation=direct.');
  if (direct !== null && !isFailure(direct) && !direct.alpn) problems.push('It takes TLS at once, but does not name the protocol (ALPN "postgresql"): sslnegotiation=direct fails. Leave that setting out.');
  return problems;
}

function certificateProblems({ chain, nameMatches }: Handshake, { look }: Facts, { thresholds, ownCa }: Asked, now: Date): string[] {
  const [own] = chain;
  if (own === undefined) return ['It shows no certificate, so nobody can tell it from an impostor.'];
  const problems: string[] = [];
  if (!nameMatches) {
    const { host } = look.target;
    const names = namesOf(own);
    const named = names.length === 0 ? 'names nobody' : `is for ${listed(names)}`;
    const cure = ownCa ? 'verify-ca protects enough where its CA issues to nobody else.' : names.length === 0 ? `Give it one for ${host}.` : `Connect by a name that it is for, or give it one for ${host}.`;
    problems.push(`verify-full fails with ${host}: the certificate ${named}. ${cure}`);
  }
  const days = thresholds.roots?.expiresWithinDays ?? 30;
  for (const certificate of chain) {
    const who = certificate === own ? 'Its certificate' : `The CA certificate "${shortName(certificate.subject)}"`;
    problems.push(...validityProblems(who, certificate, days, now));
    const bits = shortRsaKey(certificate);
    if (bits !== null) problems.push(`${who} has an RSA key of ${bits} bits, which clients with OpenSSL's usual settings refuse: make one of 2048 at least, or ECDSA.`);
  }
  return problems;
}

function validityProblems(who: string, certificate: X509Certificate, days: number, now: Date): string[] {
  const { from, to } = validityOf(certificate);
  if (to < now) return [`${who} expired on ${dayOf(to)}: verify-ca and verify-full fail until it is renewed.`];
  if (from > now) return [`${who} is not valid before ${dayOf(from)}: verify-ca and verify-full fail until then. Is the clock right?`];
  const left = daysLeft(certificate, now);
  return left < days ? [`${who} expires on ${dayOf(to)}, ${left === 0 ? 'within a day' : `in ${plural(left, 'day')}`}: verify-ca and verify-full fail from then on. Renew it.`] : [];
}

/** What keeps the chain from being trusted here, or by one of the files that a client would be given. */
function rootProblems({ chain, chainError }: Handshake, { end, usable }: Facts, { files }: Trust, { thresholds, provider }: Asked): string[] {
  const last = chain.at(-1);
  if (last === undefined || end === null) return [];
  const problems: string[] = [];
  const { root, knownBy } = end;
  const name = shortName(root === null ? last.issuer : root.subject);
  const from = provider?.root.file == null ? '' : ` ${provider.advice}`;
  const named = files.filter(({ as }) => as !== 'default');
  if (knownBy.length === 0) {
    if (root !== null && chain.length === 1) {
      problems.push(`Its certificate is issued by itself, and this machine does not know it: verify-ca and verify-full fail with "certificate verify failed", in Node.js "self-signed certificate". Give clients that certificate as root certificate, better one of a CA.${from}`);
    } else if (root !== null) {
      problems.push(`This machine does not have its root certificate "${name}": verify-ca and verify-full fail with "certificate verify failed", in Node.js "self-signed certificate in certificate chain". Give clients that root with sslrootcert=FILE, and look again with --root FILE.${from}`);
    } else {
      const missing = named.length === 0 ? 'If that is the root, give clients its file, and look again with --root FILE; if it is an intermediate, the server has to send it, behind its own certificate in ssl_cert_file.' : 'If it is an intermediate certificate, the server has to send it: behind its own in ssl_cert_file.';
      problems.push(`"${name}", which issued ${chain.length === 1 ? 'its certificate' : 'the last certificate that it sends'}, is neither sent nor known here: verify-ca and verify-full fail with "certificate verify failed", in Node.js "unable to verify the first certificate". ${missing}${from}`);
    }
  } else if (chainError !== null && !/EXPIRED|NOT_YET_VALID/.test(chainError)) {
    problems.push(`verify-ca and verify-full fail: ${CHAIN_ERRORS[chainError] ?? `OpenSSL refuses the chain (${chainError})`}.`);
  }
  problems.push(...named.filter((file) => knownBy.length > 0 && !knownBy.includes(file)).map(({ path, as }) => `A client that is given ${path} (${as}) fails with "certificate verify failed": that file lacks the root "${name}". Add it there.`));
  const own = files.find(({ as }) => as === 'default');
  if (own !== undefined && named.length === 0 && usable && !knownBy.includes(own)) problems.push(ofDefaultFile(own, name));
  const { expected = [] } = thresholds.roots ?? {};
  const sha256 = root === null ? null : fingerprintOf(root);
  if (expected.length > 0 && !expected.some((each) => each.sha256 === sha256)) {
    problems.push(`Its chain ends in "${name}", and the policy expects ${listed(expected.map((each) => `"${each.name}"`))}: clients that have only that one fail.`);
  }
  return problems;
}

/** libpq-ssl.html 32.19.1: with a root certificate file in place, `require` checks the chain. */
function ofDefaultFile({ path, certificates }: RootFile, name: string): string {
  const lacks = certificates.length === 0 ? 'holds no root certificate that can be read' : `lacks the root "${name}"`;
  return `libpq on this machine fails even with sslmode=require: ${path} is there, so it checks the chain, and that file ${lacks}. Add the root to it, or say sslrootcert=system where the root is public.`;
}

const CHAIN_ERRORS: Readonly<Record<string, string>> = {
  INVALID_PURPOSE: 'its certificate is not one for servers (extended key usage)',
  INVALID_CA: 'a certificate in its chain issues others, and is no CA',
  CERT_SIGNATURE_FAILURE: 'a signature in its chain is wrong',
  EE_KEY_TOO_SMALL: 'its key is too short',
  CA_KEY_TOO_SMALL: 'the key of a CA in its chain is too short',
  CA_MD_TOO_WEAK: 'a certificate in its chain is signed with an outdated hash (SHA-1, MD5)',
  CERT_REVOKED: 'a certificate in its chain is revoked',
};

function policyProblems({ letsIn, usable }: Facts, use: Mode | null, asked: Asked): string[] {
  const { minimum, recommend } = asked.thresholds;
  if (fallsShort(use, asked)) {
    return use === null ? (usable || letsIn ? [`No sslmode that works with it gives ${minimum}, which the policy asks for.`] : []) : [`The best that works with it from here, ${use}, falls short of ${minimum}, which the policy asks for.`];
  }
  const counted = use === 'verify-ca' && asked.ownCa ? 'verify-full' : use;
  if (recommend === null || counted === null || compareModes(recommend, 'disable') === 0 || !isWeaker(counted, recommend)) return [];
  return [`The best that works with it from here, ${counted}, falls short of ${recommend}, which the policy recommends.`];
}

function answerOf(login: Look['loginInPlaintext']): LoginAnswer | null {
  return login === null || isFailure(login) ? null : login;
}

/** `a, b and c`; of many the first few. */
function listed(names: readonly string[]): string {
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
