import type { Verdict } from './judgement.ts';
import type { CertificateFile, CertificateReader } from '../roots/certificate.ts';
import { isOfProvider } from '../roots/provider-roots.ts';
import type { Setting } from '../settings/setting.ts';
import type { Site } from '../site.ts';
import type { Dissected } from './connection.ts';

/** A file of certificates or a key that a connection names, as it was found in the repository. */
export interface NamedFile {
  readonly setting: Setting;
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
  const { ignored } = deciding.outcome;
  // Prisma's schema engine calls the root certificate so: docs/drivers/prisma.md.
  const rootName = deciding.driver.id === 'prisma' ? 'sslcert' : 'sslrootcert';
  const named = (name: string, variable: string): NamedFile | null => {
    const setting = dissected.string?.settings.findLast((each) => each.name === name) ?? site.environment.findLast((each) => each.name === variable);
    const path = setting?.value ?? '';
    if (setting === undefined || path === '' || path === 'system' || path.includes('-----BEGIN')) return null;
    if (ignored.some((ignore) => ignore.setting.span.start === setting.span.start)) return null;
    const file = certificates.file(path);
    return file === null ? null : { setting, path, file };
  };
  return { root: named(rootName, 'PGSSLROOTCERT'), key: named('sslkey', 'PGSSLKEY') };
}

/** Whether a root in the repository issues to nobody but its owner: it is neither public nor a provider's (INTERFACES.md, "verify-ca"). */
export function isOwnRoot({ root }: NamedFiles): boolean {
  if (root?.file.kind !== 'read') return false;
  const { certificates } = root.file;
  return certificates.length > 0 && certificates.every((certificate) => !certificate.isPublic && !isOfProvider(certificate));
}
