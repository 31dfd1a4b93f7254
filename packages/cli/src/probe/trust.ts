import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { redactString } from '@sslmode/core';
import { fingerprintOf, isIssuedBy, readCertificates } from '../certificates.ts';
import type { Machine } from '../doctor/machine.ts';
import { placesOf } from '../doctor/places.ts';

/** A file of roots on this machine. */
export interface RootFile {
  readonly path: string;
  /** Why it counts: given with --root, named by the connection string, or in libpq's default place. */
  readonly as: '--root' | 'sslrootcert' | 'default';
  readonly certificates: readonly X509Certificate[];
}

/** The roots that this machine has. */
export interface Trust {
  readonly files: readonly RootFile[];
  /** What is wrong with a file that was named, a sentence each. */
  readonly problems: readonly string[];
}

let publicRoots: readonly X509Certificate[] | undefined;

/** The roots that come with Node.js: Mozilla's list of public ones. */
export function rootsOfNode(): readonly X509Certificate[] {
  publicRoots ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return publicRoots;
}

/** Reads the files of roots that count: those that are named, and libpq's own. */
export function trustOf(machine: Machine, named: readonly { readonly path: string; readonly as: '--root' | 'sslrootcert' }[]): Trust {
  const problems: string[] = [];
  const files: RootFile[] = [];
  for (const { path, as } of named) {
    const content = machine.read(machine.path.resolve(machine.cwd, path));
    if (!('bytes' in content)) {
      problems.push(`${redactString(path)} (${as}) ${'missing' in content ? 'is not there' : `cannot be read: ${content.unreadable}`}.`);
      continue;
    }
    const file = readCertificates(content.bytes);
    for (const problem of file.problems) problems.push(`${redactString(path)} (${as}) ${problem}.`);
    files.push({ path, as, certificates: file.certificates });
  }
  const { root } = placesOf(machine);
  const content = machine.read(root);
  if ('bytes' in content) files.push({ path: root, as: 'default', certificates: readCertificates(content.bytes).certificates });
  return { files, problems };
}

/** All roots of a trust, in PEM. */
export function pemOf({ files }: Trust): readonly string[] {
  return [...rootCertificates, ...files.flatMap(({ certificates }) => certificates.map(String))];
}

/** The root that ends a chain. */
export interface ChainEnd {
  readonly root: X509Certificate | null;
  /** Where this machine has it. */
  readonly knownBy: readonly ('Node.js' | RootFile)[];
}

/** Finds what ends a chain: the first certificate of it that a root of this machine issued, or is. */
export function endOf(chain: readonly X509Certificate[], { files }: Trust): ChainEnd {
  const holders: readonly { readonly by: 'Node.js' | RootFile; readonly roots: readonly X509Certificate[] }[] = [{ by: 'Node.js', roots: rootsOfNode() }, ...files.map((file) => ({ by: file, roots: file.certificates }))];
  for (const certificate of chain) {
    const known = holders.flatMap(({ by, roots }) => {
      const root = roots.find((candidate) => candidate.fingerprint256 === certificate.fingerprint256) ?? roots.find((candidate) => candidate.subject === certificate.issuer && isIssuedBy(certificate, candidate));
      return root === undefined ? [] : [{ by, root }];
    });
    const [first] = known;
    if (first === undefined) continue;
    const same = known.filter(({ root }) => fingerprintOf(root) === fingerprintOf(first.root));
    return { root: first.root, knownBy: same.map(({ by }) => by) };
  }
  const last = chain.at(-1);
  return { root: last !== undefined && isIssuedBy(last, last) ? last : null, knownBy: [] };
}
