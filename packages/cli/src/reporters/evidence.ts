import type { ConnectionEntry } from '../scan/report.ts';

/** Why a driver is believed to be the one, by kind of evidence; for people. */
const EVIDENCE = {
  code: 'the code',
  scheme: 'the scheme',
  'policy-path': 'the policy',
  hint: 'names around it',
  lockfile: 'lockfile',
  manifest: 'manifest',
  default: "the policy's default",
} as const;

/** Evidence and where it stands. */
export function evidenceText(evidence: ConnectionEntry['evidence']): string {
  if (evidence === null || evidence.kind === 'none') return 'nothing points to one';
  const where = evidence.file === null ? '' : ` ${evidence.file}${evidence.line === null ? '' : `:${evidence.line}`}`;
  return `by ${EVIDENCE[evidence.kind]}${where}`;
}
