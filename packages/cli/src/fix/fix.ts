import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../baseline/write.ts';
import type { Candidate } from '../scan/collect.ts';
import type { FoundFinding } from '../scan/entries.ts';
import { FileReader, decode } from '../scan/read.ts';
import { isWithin, reasonOf } from '../scan/walk.ts';
import type { Paint } from '../terminal.ts';
import { diffOf } from './diff.ts';
import { choose, editBytes, editsOf, type FixChoice } from './edits.ts';

/** A file with findings that have suggestions, as it was scanned. */
export interface FixableFile {
  readonly file: Candidate;
  readonly text: string;
  readonly findings: readonly FoundFinding[];
}

/** What fixing came to. */
export interface Fixed {
  /** Those that were changed. */
  readonly files: readonly string[];
  readonly findings: number;
  /** Why files were left as they are, a line each. */
  readonly failures: readonly string[];
}

/** Makes the changes on disk. */
export function fixFiles(files: readonly FixableFile[], choice: FixChoice): Fixed {
  const changed: string[] = [];
  let findings = 0;
  const failures: string[] = [];
  for (const { file, text, findings: found } of files) {
    const fixes = choose(found, choice);
    if (fixes.length === 0) continue;
    const failure = fixFile(file, text, editsOf(fixes));
    if (failure === null) {
      changed.push(file.path);
      findings += fixes.length;
    } else {
      failures.push(`${file.file}: ${failure}`);
    }
  }
  return { files: changed, findings, failures };
}

/** What would be changed, for reading. */
export function diffFiles(files: readonly FixableFile[], choice: FixChoice, paint: Paint): string {
  return files.map(({ file, text, findings }) => diffOf(file.file, text, choose(findings, choice), paint)).join('');
}

/** How many findings could be fixed. */
export function countFixes(files: readonly FixableFile[], choice: FixChoice): number {
  return files.reduce((count, { findings }) => count + choose(findings, choice).length, 0);
}

/** `null`, or why the file was left as it is. */
function fixFile({ path, root }: Candidate, text: string, edits: ReturnType<typeof editsOf>): string | null {
  try {
    if (lstatSync(path).isSymbolicLink()) return 'not fixed: it is a link; fix the file that it leads to';
    // A folder on the way may be a link as well.
    if (!isWithin(join(realpathSync(dirname(path)), 'x'), realpathSync(root))) return 'not fixed: it lies outside the project, behind a link';
  } catch (error) {
    return `not fixed: ${reasonOf(error)}`;
  }
  const read = new FileReader().read(path, Number.MAX_SAFE_INTEGER);
  if (read.kind !== 'bytes') return 'not fixed: it cannot be read any more';
  const decoded = decode(read.bytes);
  if (decoded.kind !== 'text' || decoded.text !== text) return 'not fixed: it was changed meanwhile';
  const edited = editBytes(read.bytes, text, edits);
  if (edited === null) return 'not fixed: it is not valid UTF-8';
  const failure = writeWhole(path, edited);
  return failure === null ? null : failure.replace(/^not written/, 'not fixed');
}
