import { webcrypto } from 'node:crypto';
// tsyringe, which x509 is built on, asks for it.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A key pair and its certificate, made for one run: nothing of it is worth keeping. */
export interface Issued {
  readonly subject: string;
  readonly keys: CryptoKeyPair;
  readonly cert: string;
  readonly key: string;
}

/** How a certificate differs from an ordinary one for `localhost`, valid for a year. */
export interface Wanted {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  /** Issues others. */
  readonly ca?: boolean;
  /** In days from now. */
  readonly from?: number;
  readonly to?: number;
  readonly algorithm?: 'ecdsa' | 'rsa-1024' | 'rsa-2048';
}

const DAY = 86_400_000;
const ALGORITHMS = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'rsa-1024': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 1024 },
  'rsa-2048': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
} as const;

/** Makes a certificate, issued by `by` or by itself. */
export async function issue(subject: string, by: Issued | null, wanted: Wanted = {}): Promise<Issued> {
  x509.cryptoProvider.set(webcrypto);
  const { names = [], addresses = [], ca = false, from = -1, to = 365, algorithm = 'ecdsa' } = wanted;
  const keys = (await webcrypto.subtle.generateKey(ALGORITHMS[algorithm], true, ['sign', 'verify']));
  const issuer = by?.keys ?? keys;
  const alternatives = [...names.map((value) => ({ type: 'dns' as const, value })), ...addresses.map((value) => ({ type: 'ip' as const, value }))];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex').replace(/^./, '1'),
    subject,
    issuer: by?.subject ?? subject,
    notBefore: new Date(Date.now() + from * DAY),
    notAfter: new Date(Date.now() + to * DAY),
    publicKey: keys.publicKey,
    signingKey: issuer.privateKey,
    signingAlgorithm: { name: issuer.privateKey.algorithm.name, hash: 'SHA-256' },
    extensions: [
      ...(ca ? [new x509.BasicConstraintsExtension(true, 2, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)] : [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth])]),
      ...(alternatives.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(alternatives)]),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { subject, keys, cert: `${certificate.toString('pem')}\n`, key: `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n` };
}
