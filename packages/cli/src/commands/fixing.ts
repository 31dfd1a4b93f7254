import { countFixes, diffFiles, fixFiles } from '../fix/fix.ts';
import type { FixChoice } from '../fix/edits.ts';
import { UsageError, type Io } from '../io.ts';
import type { Arguments } from '../options.ts';
import type { ScanResult } from '../scan/report.ts';
import { paintFor, plural } from '../terminal.ts';
import type { Wanted } from './outputs.ts';

/** A fix can bring up another finding, but not for ever. */
const MAX_ROUNDS = 10;

/** Fixes what can be fixed, scanning again after each round. Gives what is left, and a line for standard error. */
export async function fixAll(scan: () => Promise<ScanResult>, args: Arguments): Promise<ScanResult> {
  const choice = choiceOf(args);
  let findings = 0;
  const files = new Set<string>();
  for (let round = 0; ; round++) {
    const result = await scan();
    // Judged by a policy that is not the user's, the wrong things would be fixed.
    if (result.failures.length > 0) return { ...result, notes: [...result.notes, 'Nothing was fixed, since not everything could be judged.'] };
    const fixed = round < MAX_ROUNDS ? fixFiles(result.fixable, choice) : { files: [], findings: 0, failures: [] };
    findings += fixed.findings;
    for (const file of fixed.files) files.add(file);
    if (fixed.files.length > 0) continue;
    const done = findings === 0 ? 'Nothing was fixed.' : `Fixed ${plural(findings, 'finding')} in ${plural(files.size, 'file')}.`;
    return { ...result, failures: fixed.failures, notes: [...result.notes, `${done}${moreWith(result, choice)}`] };
  }
}

/** Prints what would be fixed. Standard output is the diff's, so reports have to go into files. */
export function printDiff(result: ScanResult, args: Arguments, io: Io): void {
  const choice = choiceOf(args);
  const diff = result.failures.length > 0 ? '' : diffFiles(result.fixable, choice, paintFor(io, io.stdout, args.get('color')));
  io.stdout.write(diff);
  if (diff === '' && result.failures.length === 0) io.stderr.write(`sslmode: Nothing to fix.${moreWith(result, choice)}\n`);
}

/** The reports beside a diff. */
export function besideDiff<Format extends string>(wanted: readonly Wanted<Format>[], given: readonly string[]): Wanted<Format>[] {
  if (given.some((format) => !format.includes('='))) throw new UsageError('--diff goes to standard output: give the format a file, --format NAME=FILE.');
  return wanted.filter(({ file }) => file !== null);
}

function choiceOf(args: Arguments): FixChoice {
  return args.has('unsafe') ? 'all' : 'safe';
}

function moreWith({ fixable }: ScanResult, choice: FixChoice): string {
  const more = choice === 'all' ? 0 : countFixes(fixable, 'all') - countFixes(fixable, 'safe');
  return more <= 0 ? '' : ` ${plural(more, 'finding has a fix', 'findings have fixes')} after which a connection could fail: --diff --unsafe shows ${more === 1 ? 'it' : 'them'}.`;
}
