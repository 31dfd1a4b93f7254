import type { X509Certificate } from 'node:crypto';
import type { Policy } from '@sslmode/core';
import { dayOf, daysLeft, fingerprintOf, onOneLine, readCertificates, shortName, validityOf } from '../certificates.ts';
import { plural } from '../terminal.ts';
import type { FileContent, Machine } from './machine.ts';
import { placesOf, wrongFolders } from './places.ts';
import type { DoctorFinding, ExpectedReport, RootEntry, RootFileReport } from './report.ts';

/** What is asked of the roots. */
export interface RootsAsked {
  readonly expected: Policy['roots']['expected'];
  readonly expiresWithinDays: number;
  /** SHA-256 of the public roots that come with Node.js. */
  readonly publicRoots: ReadonlySet<string>;
  readonly now: Date;
}

/** What was found of roots on a machine. */
export interface RootsFound {
  readonly file: RootFileReport;
  readonly misplaced: readonly string[];
  readonly expected: readonly ExpectedReport[];
  /** The file that PGSSLROOTCERT names takes the default's place. */
  readonly named: RootFileReport | null;
  readonly findings: readonly DoctorFinding[];
}

/** Looks at libpq's file of roots, at the one that takes its place, and at places that are often taken for the right one. */
export function rootsOf(machine: Machine, asked: RootsAsked): RootsFound {
  const { root, folder } = placesOf(machine);
  const content = machine.read(root);
  const file = fileReport(root, content, asked);
  const findings = fileFindings('libpq\'s file of root certificates', root, content, asked);
  const misplaced = [...wrongFolders(machine).map((wrong) => machine.path.join(wrong, 'root.crt')).filter((path) => machine.state(path)?.kind === 'file'), ...misnamed(machine, folder)];
  for (const path of misplaced) {
    findings.push(
      file.present
        ? { severity: 'warning', message: `libpq does not look at ${path}, only at ${root}: what is in the first and not in the second counts for nothing.` }
        : { severity: 'error', message: `libpq does not look at ${path}: verify-ca and verify-full fail with "root certificate file … does not exist". Move it to ${root}.` },
    );
  }
  const { named, findings: ofNamed } = namedRoots(machine, asked);
  const counting = named ?? file;
  const expected = asked.expected.map(({ name, sha256 }) => ({
    name,
    sha256,
    present: counting.certificates.some((entry) => entry.sha256 === sha256),
    inNode: asked.publicRoots.has(sha256),
  }));
  findings.push(...ofNamed, ...expected.filter(({ present }) => !present).map((each) => missing(each, counting)));
  return { file, misplaced, expected, named, findings };
}

/** What PGSSLROOTCERT names; `null` for nothing, and for the system's roots. */
function namedRoots(machine: Machine, asked: RootsAsked): { readonly named: RootFileReport | null; readonly findings: readonly DoctorFinding[] } {
  const path = machine.env.PGSSLROOTCERT;
  if (path === undefined || path === '' || path === 'system') return { named: null, findings: [] };
  const content = machine.read(machine.path.resolve(machine.cwd, path));
  const findings = fileFindings('The file that PGSSLROOTCERT names', path, content, asked);
  if ('missing' in content) findings.push({ severity: 'error', message: `PGSSLROOTCERT names ${path}, which is not there: verify-ca and verify-full fail with "root certificate file … does not exist". Put the file there, or unset the variable.` });
  return { named: fileReport(path, content, asked), findings };
}

function fileReport(path: string, content: FileContent, { publicRoots }: RootsAsked): RootFileReport {
  const certificates = 'bytes' in content ? readCertificates(content.bytes).certificates : [];
  return { path, present: !('missing' in content), certificates: certificates.map((certificate) => entryOf(certificate, publicRoots)) };
}

function entryOf(certificate: X509Certificate, publicRoots: ReadonlySet<string>): RootEntry {
  const { from, to } = validityOf(certificate);
  const sha256 = fingerprintOf(certificate);
  return {
    name: shortName(certificate.subject),
    subject: onOneLine(certificate.subject),
    sha256,
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
    ca: certificate.ca,
    public: publicRoots.has(sha256),
  };
}

function fileFindings(what: string, path: string, content: FileContent, { expiresWithinDays, now }: RootsAsked): DoctorFinding[] {
  if ('missing' in content) return [];
  if ('unreadable' in content) return [{ severity: 'error', message: `${what}, ${path}, cannot be read (${content.unreadable}): libpq then fails even with sslmode=require.` }];
  const { certificates, problems } = readCertificates(content.bytes);
  const findings: DoctorFinding[] = problems.map((problem) => ({
    severity: certificates.length === 0 ? 'error' : 'warning',
    message: `${what}, ${path}, ${problem}.${certificates.length === 0 ? ' libpq then fails even with sslmode=require.' : ''}`,
  }));
  for (const certificate of certificates) {
    const { to } = validityOf(certificate);
    const left = daysLeft(certificate, now);
    const who = `"${shortName(certificate.subject)}" in ${path}`;
    if (to < now) findings.push({ severity: certificates.length === 1 ? 'error' : 'warning', message: `${who} expired on ${dayOf(to)}: servers that need it fail with "certificate has expired". Put its successor beside it.` });
    else if (left < expiresWithinDays) findings.push({ severity: 'warning', message: `${who} expires on ${dayOf(to)}, ${left === 0 ? 'within a day' : `in ${plural(left, 'day')}`}: put its successor beside it before that.` });
    if (!certificate.ca) findings.push({ severity: 'warning', message: `${who} is no CA but a server's own certificate: it fits until that server's is renewed. Put the root that issued it there.` });
  }
  return findings;
}

/** Files that were meant to be root.crt: another ending, or one that Windows hides. Where root.crt is there, they are somebody's business. */
function misnamed(machine: Machine, folder: string): readonly string[] {
  const names = machine.list(folder);
  const exact = machine.platform === 'linux' ? (name: string): boolean => name === 'root.crt' : (name: string): boolean => name.toLowerCase() === 'root.crt';
  if (names.some(exact)) return [];
  return names.filter((name) => /^(?:root(?:\.crt)?\.(?:crt|pem|cer|txt)|root|ca\.(?:crt|pem)|(?:global-bundle|DigiCertGlobalRootG2)\S*)$/i.test(name)).map((name) => machine.path.join(folder, name));
}

function missing({ name, sha256, inNode }: ExpectedReport, file: RootFileReport): DoctorFinding {
  const how = file.present ? `Append its PEM to the file` : `Make the folder, download its PEM, and store it under that name`;
  const else_ = inNode ? ' Or let libpq 16 and later use the system\'s roots: sslrootcert=system.' : '';
  const why = file.present ? 'certificate verify failed' : 'root certificate file … does not exist';
  return { severity: 'error', message: `The root "${name}" is missing: ${file.path} ${file.present ? 'lacks it' : 'is not there'}, so verify-ca and verify-full fail with "${why}" where the policy expects it. ${how} (SHA-256 ${sha256}).${else_}` };
}
