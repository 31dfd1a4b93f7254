import { findTemplates } from '../../settings/template.ts';
import type { MappedText, Span } from '../../text.ts';
import { item, openMap, openSequence, scalar, verbatim, type OpenMap, type OpenNode, type OpenSequence } from '../tree/build.ts';
import type { RawComment } from '../tree/comments.ts';
import { commonEscape, decodeEscapes } from '../tree/escapes.ts';
import type { ParsedTree } from '../tree/reading.ts';

/** How deep objects and lists may stand in each other; what stands deeper is taken for part of the deepest. */
const MAX_DEPTH = 100;

/**
 * Takes JSON apart, and all that goes by that name: JSON5 (https://spec.json5.org), JSONC, several documents in a row.
 * Linear, never throws. Where something cannot stand, the rest is read all the same: templates of JSON, a file cut off.
 */
export function parseJsonText(text: string): ParsedTree {
  return new JsonParser(text).parse();
}

const BLANKS = /[\s\uFEFF]*/y;
const WORD = /[^\s,:[\]{}"'`/#]+/y;

interface Frame {
  readonly node: OpenMap | OpenSequence;
  /** The name that waits for its value, and where it begins. */
  name: { readonly text: string; readonly start: number } | null;
  /** Something stands here that a comma must part from the next. */
  filled: boolean;
}

class JsonParser {
  readonly #text: string;
  readonly #roots: OpenNode[] = [];
  readonly #comments: RawComment[] = [];
  readonly #stack: Frame[] = [];
  #failure: ParsedTree['failure'] = null;
  #at = 0;
  /** Where templates stand, from the end: only asked for in a text that is none of JSON anyway. */
  #templates: Span[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): ParsedTree {
    const text = this.#text;
    this.#skip();
    while (this.#at < text.length) {
      this.#token();
      this.#skip();
    }
    if (this.#stack.length > 0) this.#fail('something is not closed', this.#stack.at(-1)?.node.span.start);
    while (this.#stack.length > 0) this.#close();
    return { trees: [{ roots: this.#roots, merged: new Set() }], comments: this.#comments, failure: this.#failure };
  }

  #token(): void {
    const text = this.#text;
    const at = this.#at;
    const unit = text.charAt(at);
    const template = unit === '{' || unit === '$' || unit === '<' ? this.#templateAt(at) : undefined;
    if (template !== undefined) {
      this.#fail('a template');
      this.#at = template.end;
      this.#value(verbatim(text, at, template.end));
    } else if (unit === '{' || unit === '[') {
      this.#at++;
      this.#open(unit === '{' ? openMap(at) : openSequence(at));
    } else if (unit === '}' || unit === ']') {
      this.#at++;
      const frame = this.#stack.at(-1);
      if (frame === undefined || (frame.node.kind === 'map') !== (unit === '}')) this.#fail('a bracket that closes nothing', at);
      else this.#close();
    } else if (unit === ',') {
      this.#at++;
      const frame = this.#stack.at(-1);
      if (frame?.filled !== true) this.#fail('a comma behind nothing', at);
      if (frame !== undefined) {
        frame.filled = false;
        frame.name = null;
      }
    } else if (unit === '"' || unit === "'") {
      const value = this.#string(unit);
      this.#nameOrValue(value, at);
    } else if (unit === ':' || unit === '`' || unit === '/' || unit === '#') {
      this.#at++;
      this.#fail('something that cannot stand there', at);
    } else {
      WORD.lastIndex = at;
      const word = WORD.exec(text)?.[0] ?? unit;
      this.#at += word.length;
      this.#nameOrValue(null, at);
    }
  }

  /** A string or a word: the name of an entry, if a colon follows in a map that waits for one. */
  #nameOrValue(value: MappedText | null, start: number): void {
    const text = this.#text;
    const end = this.#at;
    const frame = this.#stack.at(-1);
    if (frame?.node.kind === 'map' && frame.name === null) {
      this.#skip();
      if (text[this.#at] === ':') {
        if (frame.filled) this.#fail('a comma is missing', start);
        this.#at++;
        frame.name = { text: value?.text ?? text.slice(start, end), start };
        return;
      }
      this.#fail('a name without a value', start);
    } else if (value === null && !/^(?:true|false|null|undefined|NaN|[+-]?(?:Infinity|0x[\dA-Fa-f]+|[\d.]+(?:[eE][+-]?\d+)?))$/.test(text.slice(start, Math.min(end, start + 100)))) {
      this.#fail('a word that is no value', start);
    }
    this.#value(value === null ? wordValue(text, start, end) : scalar(value, { start, end }));
  }

  #value(node: OpenNode): void {
    const frame = this.#stack.at(-1);
    if (frame === undefined) {
      this.#roots.push(node);
      return;
    }
    if (frame.filled) this.#fail('a comma is missing', node.span.start);
    frame.filled = true;
    this.#attach(frame, node);
  }

  #attach(frame: Frame, node: OpenNode): void {
    const text = this.#text;
    if (frame.node.kind === 'sequence') {
      frame.node.items.push({ ...item(text, node), whole: node.span });
      return;
    }
    const start = frame.name?.start ?? node.span.start;
    const span = { start, end: node.span.end };
    frame.node.entries.push({ name: frame.name?.text ?? '', value: node, span, whole: span, shared: false });
    frame.name = null;
  }

  #open(node: OpenMap | OpenSequence): void {
    if (this.#stack.length >= MAX_DEPTH) {
      this.#fail('nested too deep', node.span.start);
      // Its names and values go to the deepest that is kept.
      const frame = this.#stack.at(-1);
      if (frame !== undefined) frame.filled = false;
      return;
    }
    this.#value(node);
    this.#stack.push({ node, name: null, filled: false });
  }

  /** Closes the innermost. Spans of entries are only known then. */
  #close(): void {
    const frame = this.#stack.pop();
    if (frame === undefined) return;
    const { node } = frame;
    node.span = { start: node.span.start, end: this.#at };
    const parent = this.#stack.at(-1)?.node;
    const part = parent?.kind === 'map' ? parent.entries.at(-1) : parent?.items.at(-1);
    if (part !== undefined) part.span = { start: part.span.start, end: this.#at };
    const parts = node.kind === 'map' ? node.entries : node.items;
    for (const [index, { span }] of parts.entries()) {
      const own = parts[index];
      if (own !== undefined) own.whole = this.#wholeOf(span, parts[index - 1]?.span.end);
    }
  }

  /** With the comma behind it; of the last one with that before it. Where it has a line of its own, with that line. */
  #wholeOf(span: Span, before: number | undefined): Span {
    const text = this.#text;
    const comma = /[ \t]*,[ \t]*/y;
    comma.lastIndex = span.end;
    const end = comma.exec(text) === null ? -1 : comma.lastIndex;
    if (end < 0) return before === undefined ? span : { start: before, end: span.end };
    let start = span.start;
    while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
    const line = /\r?\n/y;
    line.lastIndex = end;
    if ((start === 0 || text[start - 1] === '\n') && line.exec(text) !== null) return { start, end: line.lastIndex };
    return { start: span.start, end };
  }

  #string(quote: string): MappedText {
    const text = this.#text;
    const start = this.#at + 1;
    let end = start;
    for (; end < text.length && text[end] !== quote; end++) {
      if (text[end] === '\\') {
        if (text[end + 1] === '\r' && text[end + 2] === '\n') end++;
        end++;
      } else if (text[end] === '\n') break;
    }
    end = Math.min(end, text.length);
    this.#at = end;
    if (text[end] === quote) this.#at++;
    else this.#fail('a string that is not closed', start - 1);
    return decodeEscapes(text, start, end, commonEscape);
  }

  #skip(): void {
    const text = this.#text;
    for (;;) {
      BLANKS.lastIndex = this.#at;
      BLANKS.exec(text);
      this.#at = BLANKS.lastIndex;
      const start = this.#at;
      if (text.startsWith('//', start)) {
        const newline = text.indexOf('\n', start);
        const end = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
        this.#comments.push({ span: { start, end }, inner: { start: start + 2, end } });
        this.#at = end;
      } else if (text.startsWith('/*', start)) {
        const close = text.indexOf('*/', start + 2);
        const inner = { start: start + 2, end: close < 0 ? text.length : close };
        if (close < 0) this.#fail('a comment that is not closed', start);
        this.#at = close < 0 ? text.length : close + 2;
        this.#comments.push({ span: { start, end: this.#at }, inner });
      } else return;
    }
  }

  /** A template outside of quotes: `{{ .Values.port }}`, `{% if %}`, `${port}`. */
  #templateAt(at: number): Span | undefined {
    if (!/^(?:\{[{%#]|\$[{(]|<%)/.test(this.#text.slice(at, at + 2))) return undefined;
    this.#templates ??= [...findTemplates(this.#text)].reverse();
    while ((this.#templates.at(-1)?.start ?? Infinity) < at) this.#templates.pop();
    const next = this.#templates.at(-1);
    return next?.start === at ? next : undefined;
  }

  #fail(reason: string, at = this.#at): void {
    this.#failure ??= { at, reason };
  }
}

/** `null` says that nothing is given. */
function wordValue(text: string, start: number, end: number): OpenNode {
  return text.slice(start, Math.min(end, start + 5)) === 'null' ? verbatim(text, start, start) : verbatim(text, start, end);
}
