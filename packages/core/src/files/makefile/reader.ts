import type { Reading } from '../../site.ts';
import { LineIndex, MappedTextBuilder } from '../../text.ts';
import { placedIn } from '../embedded.ts';
import { endOfLine, nextLine } from '../entry.ts';
import { readShell } from '../shell/reader.ts';

/** `NAME := value` of make and just, for all or for one target. An indented `NAME=value` is a recipe's. */
const ASSIGNMENT = /^(?!\t)(?: *[^\s:#=]{1,100}(?: [^\s:#=]{1,100})*: *)? *(?:(?:export|override|private) +)*([A-Za-z_][\w.-]{0,100})(?: *(?::{1,3}|\?|\+)= *| += *|(?<=^[\w.-]{1,100})= *|(?<=^(?:export|override) +[\w.-]{1,100})= *)/;

/** Reads a Makefile (https://www.gnu.org/software/make/manual/) or justfile as the script that it comes down to: its variables, then its recipes. */
export function readMakefile(path: string, text: string): Reading {
  const script = new MappedTextBuilder();
  for (let at = 0; at < text.length; ) {
    const end = endOfStatement(text, at);
    const [head = '', name] = ASSIGNMENT.exec(text.slice(at, Math.min(end, at + 1000))) ?? [];
    if (name !== undefined) addAssignment(script, text, { name: at + head.lastIndexOf(name), length: name.length, value: at + head.length, end });
    else if (/^\s/.test(text.charAt(at))) addExpanded(script, text, at + (/^\s*[@+-]*/.exec(text.slice(at, at + 200))?.[0].length ?? 0), end);
    else if (text[at] === '#') script.verbatim(text, at, end);
    script.add('\n', { start: end, end }, true);
    at = nextLine(text, end);
  }
  const whole = script.build(0);
  return placedIn(readShell(path, whole.text), whole, new LineIndex(text));
}

/** Where a line ends that backslashes may carry on. */
function endOfStatement(text: string, from: number): number {
  let end = endOfLine(text, from);
  while (text[end - 1] === '\\' && end < text.length && end > from) end = endOfLine(text, nextLine(text, end));
  return end;
}

/** `NAME="value"`, and the comment behind it. */
function addAssignment(script: MappedTextBuilder, text: string, at: { readonly name: number; readonly length: number; readonly value: number; readonly end: number }): void {
  const line = text.slice(at.value, at.end);
  const value = line.slice(0, /(?:^|\s)#/.exec(line)?.index ?? line.length).trimEnd();
  const quote = /^(["']).*\1$/s.exec(value)?.[1];
  const start = at.value + (quote === undefined ? 0 : 1);
  const end = at.value + value.length - (quote === undefined ? 0 : 1);
  script.verbatim(text, at.name, at.name + at.length).add('="', { start, end: start }, true);
  const inner = new MappedTextBuilder();
  addExpanded(inner, text, start, end);
  const content = inner.build(start);
  let copied = 0;
  for (const { index } of content.text.matchAll(/["`]/g)) {
    script.addPart(content, copied, index).add('\\', content.toSource({ start: index, end: index }), true);
    copied = index;
  }
  script.addPart(content, copied, content.text.length).add('" ', { start: end, end }, true).verbatim(text, at.value + value.length, at.end);
}

/** What make hands on: `$$` is the shell's `$`, `$(NAME)` a variable. */
function addExpanded(script: MappedTextBuilder, text: string, start: number, end: number): void {
  let copied = start;
  for (const match of text.slice(start, end).matchAll(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g)) {
    const at = start + match.index;
    const to = at + match[0].length;
    script.verbatim(text, copied, at).add(match[1] === undefined ? '$' : `\${${match[1]}}`, { start: at, end: to }, true);
    copied = to;
  }
  script.verbatim(text, copied, end);
}
