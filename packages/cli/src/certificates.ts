import { X509Certificate } from 'node:crypto';

/** What a file of certificates holds. */
export interface CertificateFile {
  /** In the order of the file. */
  readonly certificates: readonly X509Certificate[];
  /** What is wrong with it, a clause each: "holds no certificate". */
  readonly problems: readonly string[];
}

/** `CERTIFICATE`, and the two older labels that OpenSSL's PEM_bytes_read_bio takes for the same. */
const PEM = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[^-]*-----END \1-----/g;

/** Reads the certificates of a PEM file. Never throws: what can't be read is a problem. */
export function readCertificates(bytes: Uint8Array): CertificateFile {
  const text = new TextDecoder('latin1').decode(bytes);
  const certificates: X509Certificate[] = [];
  let broken = 0;
  for (const [block] of text.matchAll(PEM)) {
    const certificate = certificateOf(block);
    if (certificate === undefined) broken++;
    else certificates.push(certificate);
  }
  const problems: string[] = [];
  if (broken > 0) problems.push(`holds ${broken === 1 ? 'a certificate' : `${broken} certificates`} that cannot be read`);
  else if (certificates.length === 0) problems.push(whyNone(bytes, text));
  if (/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(text)) problems.push('holds a private key, which does not belong among root certificates');
  return { certificates, problems };
}

function whyNone(bytes: Uint8Array, text: string): string {
  if (bytes.length === 0) return 'is empty';
  if (certificateOf(bytes) !== undefined) return 'is in DER, and libpq reads PEM only: openssl x509 -inform DER -in FILE -out root.crt';
  if (/<html|<!doctype/i.test(text)) return 'is a web page instead of a certificate: download it again';
  if (text.includes('-----BEGIN PKCS7-----')) return 'is PKCS #7, and libpq reads plain PEM only: openssl pkcs7 -print_certs -in FILE -out root.crt';
  return 'holds no certificate in PEM';
}

function certificateOf(source: string | Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(source);
  } catch {
    return undefined;
  }
}

/** SHA-256 as policies write it: upper case, without colons. */
export function fingerprintOf({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(':', '').toUpperCase();
}

/** A distinguished name on one line: `C=US, O=Example, CN=Example Root`. Node gives it a line a part. */
export function onOneLine(name: string | undefined): string {
  return partsOf(name).join(', ');
}

/** An empty name is undefined, whatever Node's types say. */
function partsOf(name: string | undefined): readonly string[] {
  return name === undefined || name === '' ? [] : name.split('\n');
}

/** What people call the owner of a distinguished name: its common name, else its unit or organisation. */
export function shortName(name: string | undefined): string {
  const parts = partsOf(name);
  for (const key of ['CN=', 'OU=', 'O=']) {
    const part = parts.findLast((line) => line.startsWith(key));
    if (part !== undefined) return part.slice(key.length).replace(/\\(.)/g, '$1');
  }
  return onOneLine(name);
}

/**
 * The names that a server's certificate is for: its subject alternative names (DNS and IP); its common name where it has
 * none, as libpq (verify-common.c, pq_verify_peer_name_matches_certificate) and Node.js have it.
 */
export function namesOf(certificate: X509Certificate): readonly string[] {
  const names = alternativeNames(certificate.subjectAltName ?? '');
  if (names.length > 0) return names;
  const common = partsOf(certificate.subject).findLast((line) => line.startsWith('CN='));
  return common === undefined ? [] : [common.slice('CN='.length)];
}

/** Node writes `DNS:a, IP Address:::1`, and names with characters that mean something there as JSON strings (`DNS:"a, DNS:b"`). */
function alternativeNames(text: string): string[] {
  return [...text.matchAll(/(?:^|, )(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([, , name = '']) => (name.startsWith('"') ? unquoted(name) : name));
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The ends of its validity, which Node gives as OpenSSL prints them (`Nov 24 12:00:00 2026 GMT`). */
export function validityOf(certificate: X509Certificate): { readonly from: Date; readonly to: Date } {
  return { from: new Date(certificate.validFrom), to: new Date(certificate.validTo) };
}

const DAY = 86_400_000;

/** Whole days from now until the end of a certificate; negative for one that has expired. */
export function daysLeft(certificate: X509Certificate, now: Date): number {
  return Math.floor((validityOf(certificate).to.getTime() - now.getTime()) / DAY);
}

/** `2027-01-31`, in UTC. */
export function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);
}

/** Whether `issuer` really issued `certificate`: by name, by key identifier, and by signature. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind that Node's OpenSSL doesn't know.
    return false;
  }
}

/** Bits of its key where that is RSA and too short for today: OpenSSL's default security level 2 (Debian, Ubuntu, Node.js 24) refuses less than 2048. */
export function shortRsaKey(certificate: X509Certificate): number | null {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    const bits = asymmetricKeyDetails?.modulusLength;
    return asymmetricKeyType?.startsWith('rsa') === true && bits !== undefined && bits < 2048 ? bits : null;
  } catch {
    return null;
  }
}
