import { posix } from 'node:path';
import type { X509Certificate } from 'node:crypto';
import type { ProjectReader } from '@sslmode/core/project';
import { PUBLIC_ROOTS, type Certificate, type CertificateFile, type CertificateReader } from '@sslmode/core/roots';
import { dayOf, fingerprintOf, isIssuedBy, readCertificates, shortName, validityOf } from '../certificates.ts';
import { parseGitignore } from './gitignore.ts';
import { foldersUpTo, type Mounted } from './containers.ts';
import { slashed } from './targets.ts';
import { leadsOut } from './walk.ts';

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

  /** For a file in `folder` of the project at `root`; both absolute. `mounts` is asked for those that count there, the nearest first. */
  readerFor(folder: string, root: string, mounts: () => readonly Mounted[]): CertificateReader {
    const top = slashed(root);
    return {
      file: (path) => {
        const places = placesOf(path, slashed(folder), top, mounts);
        const found = places.map(({ place }) => this.#read(place, top)).find((file) => file !== null) ?? null;
        if (found !== null) return found;
        // What git leaves out is meant to come from elsewhere.
        const isMissing = places.some(({ complete }) => complete) && !places.some(({ place }) => this.#isIgnored(place, top));
        return isMissing ? { kind: 'missing' } : null;
      },
      text: (pem) => contentOf(pem, false),
    };
  }

  #read(path: string, root: string): CertificateFile | null {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const text = leadsOut(path, root) ? null : this.#reader.read(path);
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

interface Place {
  readonly place: string;
  /** Where it is nowhere, it is missing: nothing else brings it. */
  readonly complete: boolean;
}

/** Where a path may lie in the repository, the likeliest first; none where it leads out of it. */
function placesOf(path: string, folder: string, root: string, mounts: () => readonly Mounted[]): readonly Place[] {
  if (path.length > 500 || NO_PLACE.test(path)) return [];
  const inside = (place: string): boolean => place === root || place.startsWith(root.endsWith('/') ? root : `${root}/`);
  const upward = (from: string, name: string): readonly string[] => foldersUpTo(root, from).map((at) => posix.join(at, name));
  if (!posix.isAbsolute(path)) return upward(folder, path).filter(inside).map((place) => ({ place, complete: true }));
  return mounts().flatMap(({ from, to, copied, folder: own }) => {
    const rest = posix.relative(to, path);
    if (rest.startsWith('..')) return [];
    const name = posix.join(from, rest);
    const places = copied === undefined ? [posix.join(own, name)] : upward(own, name);
    return places.filter(inside).map((place) => ({ place, complete: copied?.complete !== false }));
  });
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
