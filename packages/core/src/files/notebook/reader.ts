import type { Reading } from '../../site.ts';
import { LineIndex, MappedTextBuilder, type MappedText } from '../../text.ts';
import { append } from '../append.ts';
import { fileNameOf, placedIn } from '../embedded.ts';
import { endOfLine, nextLine } from '../entry.ts';
import { parseJsonText } from '../json/parse.ts';
import { readShell } from '../shell/reader.ts';
import { readSource } from '../source/reader.ts';
import { readTrees } from '../tree/reading.ts';
import { textAt, valueAt, type Node } from '../tree/tree.ts';

/**
 * Reads a notebook (https://nbformat.readthedocs.io/en/latest/format_description.html): its cells of code as one
 * program, for one imports the driver and another connects; and what IPython takes for itself (`%sql postgres://…`,
 * `!psql …`, `%%bash`) as a script. What cells printed is not read.
 */
export function readNotebook(path: string, text: string): Reading {
  const parsed = parseJsonText(text);
  const root = parsed.trees[0]?.roots[0];
  const cells = valueAt(root, 'cells');
  if (parsed.failure !== null || cells?.kind !== 'sequence') return readTrees(path, text, 'JSON', parsed);
  const program = new MappedTextBuilder();
  const script = new MappedTextBuilder();
  for (const { value: cell } of cells.items) if (textAt(valueAt(cell, 'cell_type')) === 'code') addCell(cell, program, script);
  const metadata = valueAt(root, 'metadata');
  const language = textAt(valueAt(valueAt(metadata, 'language_info'), 'name')) ?? textAt(valueAt(valueAt(metadata, 'kernelspec'), 'language')) ?? 'python';
  const lines = new LineIndex(text);
  const [code, commands] = [program.build(0), script.build(0)];
  const readings = [placedIn(readSource(fileNameOf(language), code.text), code, lines), placedIn(readShell('', commands.text), commands, lines)];
  return {
    sites: readings.flatMap(({ sites }) => sites).sort((a, b) => a.span.start - b.span.start),
    comments: readings.flatMap(({ comments }) => comments).sort((a, b) => a.span.start - b.span.start),
    bypasses: readings.flatMap(({ bypasses }) => bypasses),
    problems: [],
    localNames: [],
    written,
  };
}

function written(put: string): string {
  return JSON.stringify(put).slice(1, -1);
}

/** Adds a cell's lines to what reads them. */
function addCell(cell: Node, program: MappedTextBuilder, script: MappedTextBuilder): void {
  const code = sourceOf(cell);
  const isScript = /^\s*%%(?:bash|sh|script)\b/.test(code.text);
  for (let at = 0; at < code.text.length; ) {
    const end = endOfLine(code.text, at);
    const [sign = '', mark = ''] = /^\s*(?:[\w, ]{1,60}=\s*)?([%!]+)(?:env\s+)?/.exec(code.text.slice(at, Math.min(end, at + 200))) ?? [];
    if (isScript || mark.startsWith('!')) add(script, code, at + sign.length, end);
    else if (mark !== '') addWord(script, code, at + sign.length, end);
    else add(program, code, at, end);
    at = nextLine(code.text, end);
  }
}

/** Adds what a magic is given: to the shell it is one word, after a name. */
function addWord(script: MappedTextBuilder, code: MappedText, start: number, end: number): void {
  const [head = ''] = /^\w+[= ]/.exec(code.text.slice(start, Math.min(end, start + 100))) ?? [];
  const quote = code.text.slice(start, end).includes("'") ? '' : "'";
  const at = start + head.length;
  script.addPart(code, start, at).add(quote, code.toSource({ start: at, end: at }), true);
  script.addPart(code, at, end).add(`${quote}\n`, code.toSource({ start: end, end }), true);
}

function add(to: MappedTextBuilder, code: MappedText, start: number, end: number): void {
  const { end: at } = code.toSource({ start, end });
  to.addPart(code, start, end).add('\n', { start: at, end: at }, true);
}

/** A cell's text: a string, or a list of its lines. */
function sourceOf(cell: Node): MappedText {
  const source = valueAt(cell, 'source');
  const builder = new MappedTextBuilder();
  const nodes: Node[] = [];
  if (source?.kind === 'sequence') append(nodes, source.items.map(({ value }) => value));
  else if (source !== undefined) nodes.push(source);
  for (const node of nodes) if (node.kind === 'scalar' && node.value !== 'hidden') builder.addPart(node.value, 0, node.value.text.length);
  return builder.build(source?.span.start ?? 0);
}
