import type { Verdict } from './judgement.ts';
import type { CertificateFile, CertificateReader } from '../roots/certificate.ts';
import { isOfProvider } from '../roots/provider-roots.ts';
import type { Site } from '../site.ts';
import type { Span } from '../text.ts';
import { propertyOf, type Value } from '../value.ts';
import type { Dissected } from './connection.ts';

/** A file of certificates or a key that a connection names, as it was found in the repository. */
export interface NamedFile {
  /** Where it is named. */
  readonly span: Span;
  /** As written. */
  readonly path: string;
  readonly file: CertificateFile;
}

/** What a connection names of files in the repository; `null` for none that was looked for. */
export interface NamedFiles {
  readonly root: NamedFile | null;
  readonly key: NamedFile | null;
}

const NOTHING: NamedFiles = { root: null, key: null };

/** Looks for the root certificate and the key that this driver reads. */
export function filesOf(site: Site, dissected: Dissected, deciding: Verdict, certificates: CertificateReader | undefined): NamedFiles {
  if (certificates === undefined || deciding.outcome.kind !== 'connects') return NOTHING;
  const { ignored, conflicts, verifies } = deciding.outcome;
  const unread = [...ignored, ...conflicts].map(({ setting }) => setting.span);
  const reads = ({ start }: Span): boolean => !unread.some((span) => span.start <= start && start < Math.max(span.end, span.start + 1));
  // Prisma's schema engine calls the root certificate so: docs/drivers/prisma.md.
  const rootName = deciding.driver.id === 'prisma' ? 'sslcert' : 'sslrootcert';
  const found = (path: string, span: Span): NamedFile | null => {
    const file = certificates.file(path);
    return file === null ? null : { span, path, file };
  };
  const named = (name: string, variable: string, option: string): NamedFile | null => {
    const setting = dissected.string?.settings.findLast((each) => each.name === name) ?? site.environment.findLast((each) => each.name === variable);
    const path = setting?.value ?? '';
    if (setting === undefined || path === '') {
      const ssl = propertyOf(deciding.options, 'ssl');
      // A root that nothing is held against is of no use anyway.
      return ssl === undefined || !reads(ssl.span) || (option === 'ca' && verifies === 'nothing') ? null : ofOption(propertyOf(ssl, option), found);
    }
    if (path === 'system' || path.includes('-----BEGIN')) return null;
    return reads(setting.span) ? found(path, setting.span) : null;
  };
  return { root: named(rootName, 'PGSSLROOTCERT', 'ca'), key: named('sslkey', 'PGSSLKEY', 'key') };
}

/** `ssl: { ca: readFileSync('root.crt') }`; of several the file that alone is given. */
function ofOption(value: Value | undefined, found: (path: string, span: Span) => NamedFile | null): NamedFile | null {
  const only = value?.kind === 'array' && value.items.length === 1 ? value.items[0] : value;
  return only?.kind === 'opaque' && only.file !== undefined ? found(only.file, only.span) : null;
}

/** Whether a root in the repository issues to nobody but its owner: it is neither public nor a provider's (INTERFACES.md, "verify-ca"). */
export function isOwnRoot({ root }: NamedFiles): boolean {
  if (root?.file.kind !== 'read') return false;
  const { certificates } = root.file;
  return certificates.length > 0 && certificates.every((certificate) => !certificate.isPublic && !isOfProvider(certificate));
}
