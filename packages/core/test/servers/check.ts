import { checkFile } from '../../src/check.ts';
import { readFileSync } from '../../src/files/sync.ts';
import type { FileReport } from '../../src/finding.ts';
import type { PresetName } from '../../src/policy/schema.ts';
import { presetPolicy } from '../../src/policy/resolve.ts';

/** A file read and judged as the CLI does. */
export function check(path: string, text: string, preset: PresetName = 'sslmode:recommended'): FileReport {
  return checkFile(text, readFileSync(path, text), { path, policy: presetPolicy(preset), evidence: [], localNames: [], today: '2026-11-24' });
}

/** What servers of a file come down to, one a line: `PostgreSQL`'s `prefer public 10.0.0.0/8`. */
export function servers(path: string, text: string): string[] {
  return check(path, text)
    .connections.filter(({ form }) => form === 'server')
    .map(({ effective, hostClass, host }) => [effective, hostClass, host].filter((part) => part !== null).join(' '));
}

/** Findings of a file, one a line: line, rule unless it is server-accepts-plaintext, and what the carets stand under. */
export function findings(path: string, text: string): string[] {
  return check(path, text).findings.map(({ rule, span, messageId, ignored }) => {
    const line = text.slice(0, span.start).split('\n').length;
    return `${line} ${rule === 'server-accepts-plaintext' ? messageId : rule}: ${text.slice(span.start, span.end)}${ignored === null ? '' : ' (ignored)'}`;
  });
}
