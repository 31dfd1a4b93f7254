import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError, type Io } from '../io.ts';
import { checkChoice, quoted } from '../options.ts';
import { PLAIN, paintFor, type Paint } from '../terminal.ts';
import { unwrittenBy } from '../scan/walk.ts';

/** One report to write. */
export interface Wanted<Format extends string> {
  readonly format: Format;
  /** As given; `null` for standard output. */
  readonly file: string | null;
}

/** Takes `--format NAME[=FILE]` options apart: pretty goes to standard output unless another format does. */
export function wantedFormats<Format extends string>(
  given: readonly string[],
  formats: readonly Format[],
): Wanted<Format | 'pretty'>[] {
  const wanted = given.map((text): Wanted<Format> => {
    const [name = '', ...rest] = text.split('=');
    const file = rest.join('=');
    checkChoice('--format', name, formats);
    if (rest.length > 0 && file === '') throw new UsageError(`--format ${name}= needs the name of a file after the =.`);
    return { format: name as Format, file: rest.length === 0 ? null : file };
  });
  const onStdout = wanted.filter(({ file }) => file === null);
  if (onStdout.length > 1) throw new UsageError('Only one format can go to standard output: give the others a file, --format NAME=FILE.');
  return onStdout.length === 1 ? wanted : [{ format: 'pretty', file: null }, ...wanted];
}

/** Writes a report where it is wanted. Colours only ever go to standard output. */
export function deliver(text: (paint: Paint) => string, file: string | null, io: Io, color: string | undefined): void {
  if (file === null) {
    io.stdout.write(text(paintFor(io, io.stdout, color)));
    return;
  }
  try {
    writeFileSync(resolve(io.cwd, file), text(PLAIN));
  } catch (error) {
    throw new UsageError(`${quoted(file)} ${unwrittenBy(error)}.`);
  }
}
