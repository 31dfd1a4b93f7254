import { posix } from 'node:path';
import type { X509Certificate } from 'node:crypto';
import type { ProjectReader } from '@sslmode/core/project';
import { PUBLIC_ROOTS, type Certificate, type CertificateFile, type CertificateReader } from '@sslmode/core/roots';
import { dayOf, fingerprintOf, isIssuedBy, readCertificates, shortName, validityOf } from '../certificates.ts';
import { parseGitignore } from './gitignore.ts';
import { slashed } from './targets.ts';

/** What a configuration puts where: `from` is relative to the configuration's folder. */
type Mounts = readonly { readonly from: string; readonly to: string }[];

/** Places that nobody means: examples, and what something else fills in. */
const NO_PLACE = /[$%<>{}*?]|^~|^[A-Za-z]:[\\/]|^(?:\.\/)?path\/to\/|\0/;

/**
 * The certificates of a repository, as its configurations name them. A relative path is looked for in the folder of
 * the configuration and upward to the root of the project, for which of those the program runs in is not known; an
 * absolute one only where a mount puts it.
 */
export class Roots {
  readonly #reader: ProjectReader;
  /** By path; `null` where there is none. */
  readonly #files = new Map<string, CertificateFile | null>();

  constructor(reader: ProjectReader) {
    this.#reader = reader;
  }

  /** For a file in `folder` of the project at `root`; both absolute. */
  readerFor(folder: string, root: string, mounts: Mounts): CertificateReader {
    return {
      file: (path) => {
        const places = placesOf(path, slashed(folder), slashed(root), mounts);
        if (places.length === 0) return null;
        const found = places.map((place) => this.#read(place, slashed(root))).find((file) => file !== null);
        // What git leaves out is meant to come from elsewhere.
        return found ?? (places.some((place) => this.#isIgnored(place, slashed(root))) ? null : { kind: 'missing' });
      },
      text: (pem) => contentOf(pem, false),
    };
  }

  #read(path: string, root: string): CertificateFile | null {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const text = this.#reader.read(path);
    const file = text === null ? (this.#reader.exists(path) ? unreadable() : null) : contentOf(text, this.#isIgnored(path, root));
    this.#files.set(path, file);
    return file;
  }

  /** Whether a .gitignore keeps it out: what is nearest, and last in it, decides. */
  #isIgnored(path: string, root: string): boolean {
    const steps = path.slice(root.length).split('/').filter((step) => step !== '');
    for (let depth = steps.length - 1; depth >= 0; depth--) {
      const text = this.#reader.read(posix.join(root, ...steps.slice(0, depth), '.gitignore'));
      if (text === null) continue;
      const patterns = parseGitignore(text);
      const rest = steps.slice(depth);
      const verdict = rest.map((_, at) => patterns.test(rest.slice(0, at + 1), at < rest.length - 1)).findLast((found) => found !== undefined);
      if (verdict !== undefined) return verdict === 'ignored';
    }
    return false;
  }
}

/** Where a path may lie in the repository, the likeliest first; none where it leads out of it. */
function placesOf(path: string, folder: string, root: string, mounts: Mounts): readonly string[] {
  if (path.length > 500 || NO_PLACE.test(path)) return [];
  const inside = (place: string): readonly string[] => (place === root || place.startsWith(root.endsWith('/') ? root : `${root}/`) ? [place] : []);
  if (posix.isAbsolute(path)) {
    return mounts.flatMap(({ from, to }) => {
      const rest = posix.relative(to, path);
      return rest.startsWith('..') ? [] : inside(posix.join(folder, from, rest));
    });
  }
  const places: string[] = [];
  for (let at = folder; ; at = posix.dirname(at)) {
    places.push(...inside(posix.join(at, path)));
    if (at === root || at === posix.dirname(at)) return places;
  }
}

function contentOf(text: string, isIgnored: boolean): CertificateFile {
  const { certificates, problems } = readCertificates(Buffer.from(text, 'latin1'));
  const hasKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(text);
  // That a key is in it has a message of its own.
  return { kind: 'read', certificates: certificates.map(certificateOf), problems: problems.filter((problem) => !problem.startsWith('holds a private key')), hasKey, isIgnored };
}

function unreadable(): CertificateFile {
  return { kind: 'read', certificates: [], problems: ['cannot be read'], hasKey: false, isIgnored: false };
}

function certificateOf(certificate: X509Certificate): Certificate {
  const sha256 = fingerprintOf(certificate);
  return {
    name: shortName(certificate.subject),
    sha256,
    until: dayOf(validityOf(certificate).to),
    isCa: certificate.ca,
    isSelfSigned: certificate.subject === certificate.issuer && isIssuedBy(certificate, certificate),
    isPublic: PUBLIC_ROOTS.has(sha256),
  };
}
