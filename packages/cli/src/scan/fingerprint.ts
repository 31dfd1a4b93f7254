import { createHash } from 'node:crypto';

/** What makes a finding the same one after its file was edited. Nothing in it is raw. */
export interface Identity {
  readonly rule: string;
  /** Relative to the project root, with `/`. */
  readonly path: string;
  readonly key: string | null;
  /** The connection's masked text with white space folded. */
  readonly identity: string;
}

/** Fingerprints of one file's findings, given in source order: SHA-256 in hexadecimal; equals are told apart by their number. */
export function fingerprints(findings: readonly Identity[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, path, key, identity }) => {
    const content = JSON.stringify([rule, path, key, identity]);
    const ordinal = seen.get(content) ?? 0;
    seen.set(content, ordinal + 1);
    return createHash('sha256').update(`${content}\0${ordinal}`).digest('hex');
  });
}
