import { X509Certificate } from 'node:crypto';
import { dirname, isAbsolute, join } from 'node:path';
import type { CertificateFile, CertificateReader } from '@sslmode/core/roots';
import { PUBLIC_ROOTS } from '@sslmode/core/roots';

/** The label is one of the three that OpenSSL's PEM_bytes_read_bio takes. */
const PEM = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[^-]*-----END \1-----/g;
/** Larger than any bundle of roots that people ship. */
const MAX_LENGTH = 1024 * 1024;

/**
 * The root certificates that a file's connections name: a private one makes verify-ca as good as verify-full. They are
 * looked for in the folder of the file and upward to the root of its project. What is missing or expired, the CLI says.
 */
export function certificatesFor(file: string, root: string, read: (path: string) => string | null): CertificateReader {
  return {
    file(path) {
      if (isAbsolute(path) || path.length > 500) return null;
      for (let folder = dirname(file); ; folder = dirname(folder)) {
        const text = read(join(folder, path));
        if (text !== null) return text.length > MAX_LENGTH ? null : contentOf(text);
        if (folder === root || folder === dirname(folder)) return null;
      }
    },
    text: contentOf,
  };
}

function contentOf(text: string): CertificateFile {
  const certificates = [...text.matchAll(PEM)].flatMap(([pem]) => certificateOf(pem) ?? []);
  return { kind: 'read', certificates: certificates.map(described), problems: [], hasKey: false, isIgnored: false };
}

function described(certificate: X509Certificate): Extract<CertificateFile, { kind: 'read' }>['certificates'][number] {
  const sha256 = certificate.fingerprint256.replaceAll(':', '').toUpperCase();
  const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject;
  const until = new Date(certificate.validTo).toISOString().slice(0, 10);
  return { name, sha256, until, isCa: certificate.ca, isSelfSigned: certificate.checkIssued(certificate), isPublic: PUBLIC_ROOTS.has(sha256) };
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
