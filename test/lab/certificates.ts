import { webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// tsyringe, which x509 is built on, asks for it.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

// x509's types are the browser's, which are Node's as well.
declare global {
  type Crypto = webcrypto.Crypto;
  type CryptoKey = webcrypto.CryptoKey;
  type CryptoKeyPair = webcrypto.CryptoKeyPair;
}

/** A key and the certificate that goes with it, in PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** What the servers of the lab show, and the files that drivers are pointed at. Made anew for every run: nothing of it is worth keeping. */
export interface Certificates {
  /** Issued by the root for the name that drivers connect to. */
  readonly good: Identity;
  /** Issued by the root for somebody else. */
  readonly wrongName: Identity;
  /** For the right name, issued by itself. */
  readonly selfSigned: Identity;
  /** File names. */
  readonly files: { readonly root: string; readonly clientCert: string; readonly clientKey: string };
  /** A home folder without `~/.postgresql/root.crt`, and one with it. */
  readonly homes: { readonly absent: string; readonly present: string };
}

/** The name that drivers connect to. */
export const HOST = 'localhost';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;

/** Makes a root, three servers' certificates and a client's, in a folder of their own. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  x509.cryptoProvider.set(webcrypto);
  const root = await issue('sslmode lab root', null, [new x509.BasicConstraintsExtension(true, 1, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)]);
  const named = (name: string): x509.Extension[] => [
    new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
  ];
  const good = await issue(HOST, root, named(HOST));
  const wrongName = await issue('other.example', root, named('other.example'));
  const selfSigned = await issue(HOST, null, named(HOST));
  const client = await issue('app', root, named('app'));
  // A key that others may read is refused by libpq and by the server.
  const write = (name: string, text: string, mode = 0o600): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode });
    return file;
  };
  // PgBouncer, which does not run as root, has to read it.
  const files = { root: write('root.crt', root.pem, 0o644), clientCert: write('client.crt', client.pem), clientKey: write('client.key', client.keyPem) };
  const homes = { absent: join(folder, 'home-absent'), present: join(folder, 'home-present') };
  mkdirSync(homes.absent);
  mkdirSync(join(homes.present, '.postgresql'), { recursive: true });
  writeFileSync(join(homes.present, '.postgresql', 'root.crt'), root.pem);
  return { good: identity(good), wrongName: identity(wrongName), selfSigned: identity(selfSigned), files, homes };
}

interface Issued {
  readonly name: string;
  readonly keys: CryptoKeyPair;
  readonly pem: string;
  readonly keyPem: string;
}

async function issue(name: string, by: Issued | null, extensions: x509.Extension[]): Promise<Issued> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex').replace(/^./, '1'),
    subject: `CN=${name}`,
    issuer: `CN=${by?.name ?? name}`,
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + DAY),
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    signingAlgorithm: ALGORITHM,
    extensions,
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { name, keys, pem: `${certificate.toString('pem')}\n`, keyPem: `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n` };
}

function identity(issued: Issued): Identity {
  return { key: issued.keyPem, cert: issued.pem };
}
