import type { ServerSetting } from '../../server.ts';
import { MappedText, MappedTextBuilder, type Span } from '../../text.ts';
import { append } from '../append.ts';
import type { Command, Script } from '../shell/parse.ts';
import { linesIn, readHba, type HbaLine } from './pg-hba.ts';
import { parametersIn, readParameters, type Parameter } from './postgresql-conf.ts';

const HBA = /(?:^|\/)pg_hba\.conf(?:\.sample)?$/;
const PARAMETERS = /(?:^|\/)postgresql(?:\.auto)?\.conf(?:\.sample)?$/;

/** So many commands of a group are looked at. */
const LONGEST_GROUP = 100;

/**
 * What a script writes into the configuration of a server: `echo "host all all all md5" >> "$PGDATA/pg_hba.conf"`, a
 * here-document, `tee`; how images and their start-up scripts are made.
 */
export function serversWritten(source: string, range: Span, { commands, documents }: Pick<Script, 'commands' | 'documents'>): readonly ServerSetting[] {
  if (!/pg_hba\.conf|postgresql(?:\.auto)?\.conf/.test(source.slice(range.start, range.end))) return [];
  const lines: HbaLine[] = [];
  const parameters: Parameter[] = [];
  for (const at of commands.keys()) {
    const target = targetOf(source, commands, at);
    if (target === undefined) continue;
    for (const content of contentsOf(source, commands, at, documents)) {
      if (HBA.test(target)) append(lines, linesIn(content));
      else append(parameters, parametersIn(content));
    }
  }
  return [...readHba(lines, 'PostgreSQL'), ...readParameters(parameters, 'PostgreSQL')];
}

/** The configuration that a command writes to. */
function targetOf(source: string, commands: readonly Command[], at: number): string | undefined {
  const words = commands[at]?.words ?? [];
  const isTee = words.slice(0, 2).some(({ value }) => value.text === 'tee');
  return words.find(({ value: { text }, span }, index) => {
    if (text.length > 300 || !(HBA.test(text) || PARAMETERS.test(text))) return false;
    const gap = index === 0 ? gapBefore(source, commands, at) : source.slice(words[index - 1]?.span.end, span.start);
    return /(?:^|[^<])>>?[&|]?\s*$/.test(gap) || (isTee && index > 0);
  })?.value.text;
}

/** What stands between a command and the one before it. */
function gapBefore(source: string, commands: readonly Command[], at: number): string {
  const { span: { start } = { start: 0 } } = commands[at] ?? {};
  return source.slice(Math.max(commands[at - 1]?.span.end ?? 0, start - 100), start);
}

/** The texts that a command writes: its own here-document, what it prints itself, or what those before it print in its pipe or its group. */
function contentsOf(source: string, commands: readonly Command[], at: number, documents: Script['documents']): readonly MappedText[] {
  const command = commands[at];
  if (command === undefined) return [];
  const document = documents.find(({ start }) => start > command.span.end);
  if (document !== undefined && /^[^\r\n]*<<[^\r\n]*\r?\n$/.test(source.slice(command.span.start, document.start))) return [MappedText.verbatim(source, document.start, document.end)];
  const own = printedBy(command);
  if (own !== null) return [own];
  const gap = gapBefore(source, commands, at);
  const printed: MappedText[] = [];
  for (let index = at - 1; index >= Math.max(0, at - LONGEST_GROUP) && /[|}]/.test(gap); index--) {
    const text = printedBy(commands[index]);
    if (text !== null) printed.unshift(text);
    if (!gap.includes('}') || gapBefore(source, commands, index).includes('{')) break;
  }
  return printed;
}

/** What `echo` and `printf` print; `null` for any other command. */
function printedBy(command: Command | undefined): MappedText | null {
  const [program, ...all] = command?.words ?? [];
  if (program?.value.text !== 'echo' && program?.value.text !== 'printf') return null;
  const builder = new MappedTextBuilder();
  for (const { value, span } of all) {
    if (/^-[neE]+$/.test(value.text) || HBA.test(value.text) || PARAMETERS.test(value.text)) continue;
    let copied = 0;
    for (const { index, 1: letter } of value.text.matchAll(/\\([nt])/g)) {
      builder.addPart(value, copied, index).add(letter === 'n' ? '\n' : '\t', value.toSource({ start: index, end: index + 2 }), true);
      copied = index + 2;
    }
    builder.addPart(value, copied, value.text.length).add(' ', { start: span.end, end: span.end }, true);
  }
  return builder.add('\n', { start: program.span.end, end: program.span.end }, true).build(program.span.end);
}
