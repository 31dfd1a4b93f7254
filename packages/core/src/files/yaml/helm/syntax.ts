import type { Span } from '../../../text.ts';

/** An expression of a Go template (pkg.go.dev/text/template); all of a pipe is calls in calls. */
export type Expression = { readonly span: Span } & (
  | { readonly kind: 'literal'; readonly type: 'string' | 'number' | 'bool'; readonly text: string; /** Of a string, without its quotes; `null` where escapes make it longer. */ readonly inner: Span | null }
  /** `.a.b`, `$.a`, `$x.a`; `name` is empty for `.`. */
  | { readonly kind: 'path'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'fields'; readonly of: Expression; readonly fields: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
);

/** What stands between `{{` and `}}`. */
export interface Pipeline {
  /** Variables that are given the value. */
  readonly assigns: readonly string[];
  readonly isNew: boolean;
  readonly value: Expression;
}

/** A part of a template; spans are offsets in it. `pipeline` is `null` where the action is none that we know. */
export type Part =
  | { readonly kind: 'text'; readonly span: Span }
  | { readonly kind: 'action'; readonly span: Span; readonly pipeline: Pipeline | null }
  | { readonly kind: 'branch'; readonly word: 'if' | 'with' | 'range'; readonly span: Span; readonly pipeline: Pipeline | null; readonly body: readonly Part[]; readonly otherwise: readonly Part[] };

/** A template taken apart. */
export interface Template {
  readonly parts: readonly Part[];
  /** By name: what `define` says, to be included elsewhere. */
  readonly defines: ReadonlyMap<string, readonly Part[]>;
}

interface Token {
  readonly kind: 'string' | 'number' | 'path' | 'word' | 'sign';
  readonly text: string;
  readonly span: Span;
}

/** One action: the trimmed white space before and behind it is no part of its span. */
interface Action {
  readonly span: Span;
  readonly tokens: readonly Token[] | null;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

const TOKEN = /(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>-?\d[\w.]*)|(?<path>\$\w*(?:\.[A-Za-z_]\w*)*|(?:\.[A-Za-z_]\w*)+|\.)|(?<word>[A-Za-z_]\w*)|(?<sign>:=|[=|(),])/y;
const BLANKS = /\s*/y;
/** How deep brackets and blocks may stand in each other. */
const MAX_DEPTH = 60;

/** Takes a template apart. `null` where its blocks do not fit together: a part of one, or none at all. */
export function parseTemplate(text: string): Template | null {
  const reader = new Reader(text);
  const block = reader.block(0);
  return block === null ? null : { parts: block.parts, defines: reader.defines };
}

/** Parts up to what ends them: the end of the text is `null`. */
interface Block {
  readonly parts: readonly Part[];
  readonly end: 'end' | 'else' | null;
  /** What stands behind `else`. */
  readonly rest: readonly Token[];
}

class Reader {
  readonly defines = new Map<string, readonly Part[]>();
  readonly #text: string;
  #at = 0;
  #trims = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Parts up to the `end` or `else` of the block around, or the end of the text. */
  block(depth: number): Block | null {
    const parts: Part[] = [];
    for (;;) {
      const from = this.#at;
      const action = this.#action();
      const until = action?.span.start ?? this.#text.length;
      const span = trimmed(this.#text, from, until, this.#trims, action?.trimsBefore === true);
      if (span.end > span.start) parts.push({ kind: 'text', span });
      if (action === null) return depth === 0 ? { parts, end: null, rest: [] } : null;
      this.#trims = action.trimsAfter;
      const [first, ...rest] = action.tokens ?? [];
      const word = first?.kind === 'word' ? first.text : '';
      if (word === 'end' || word === 'else') return depth === 0 ? null : { parts, end: word, rest };
      if (depth >= MAX_DEPTH) return null;
      if (word === 'define') {
        const body = this.block(depth + 1);
        if (body?.end !== 'end' || rest[0]?.kind !== 'string') return null;
        this.defines.set(rest[0].text.slice(1, -1), body.parts);
      } else if (word === 'if' || word === 'with' || word === 'range' || word === 'block') {
        const branch = this.#branch(word === 'block' ? 'if' : word, action.span, word === 'block' ? null : pipelineOf(rest), depth);
        if (branch === null) return null;
        parts.push(branch);
      } else if (action.tokens === null || first !== undefined) {
        const tokens = word === 'template' && first !== undefined ? [{ ...first, text: 'include' }, ...rest] : (action.tokens ?? []);
        parts.push({ kind: 'action', span: action.span, pipeline: pipelineOf(tokens) });
      }
    }
  }

  #branch(word: 'if' | 'with' | 'range', span: Span, pipeline: Pipeline | null, depth: number): Part | null {
    const body = this.block(depth + 1);
    if (body === null) return null;
    const branch = { kind: 'branch', word, span, pipeline, body: body.parts } as const;
    if (body.end === 'end') return { ...branch, otherwise: [] };
    const [next, ...rest] = body.rest;
    if (next !== undefined) {
      if (depth >= MAX_DEPTH || (next.text !== 'if' && next.text !== 'with')) return null;
      const nested = this.#branch(next.text, span, pipelineOf(rest), depth + 1);
      return nested === null ? null : { ...branch, otherwise: [nested] };
    }
    const otherwise = this.block(depth + 1);
    return otherwise?.end === 'end' ? { ...branch, otherwise: otherwise.parts } : null;
  }

  /** The next action; a comment is one without anything in it. */
  #action(): Action | null {
    const text = this.#text;
    const start = text.indexOf('{{', this.#at);
    if (start < 0) return null;
    let at = start + 2;
    const trimsBefore = text[at] === '-' && /\s/.test(text[at + 1] ?? '');
    if (trimsBefore) at += 1;
    const tokens: Token[] = [];
    let isWhole = true;
    for (;;) {
      at = skip(text, at);
      if (text.startsWith('/*', at)) {
        const close = text.indexOf('*/', at);
        if (close < 0) return null;
        at = close + 2;
        continue;
      }
      const trimsAfter = text.startsWith('-}}', at);
      if (trimsAfter || text.startsWith('}}', at)) {
        const end = at + (trimsAfter ? 3 : 2);
        this.#at = end;
        return { span: { start, end }, tokens: isWhole ? tokens : null, trimsBefore, trimsAfter };
      }
      if (at >= text.length) return null;
      TOKEN.lastIndex = at;
      const groups: Readonly<Record<string, string | undefined>> = TOKEN.exec(text)?.groups ?? {};
      const [kind, token] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
      if (kind === undefined || token === undefined) {
        isWhole = false;
        at++;
      } else {
        tokens.push({ kind: kind as Token['kind'], text: token, span: { start: at, end: at + token.length } });
        at += token.length;
      }
    }
  }
}

function skip(text: string, at: number): number {
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(text)?.[0].length ?? 0);
}

function trimmed(text: string, from: number, to: number, atStart: boolean, atEnd: boolean): Span {
  let [start, end] = [from, to];
  if (atStart) start = Math.min(to, skip(text, start));
  while (atEnd && end > start && /\s/.test(text[end - 1] ?? '')) end--;
  return { start, end };
}

function pipelineOf(tokens: readonly Token[]): Pipeline | null {
  const sign = tokens.findIndex(({ text, kind }) => kind === 'sign' && (text === ':=' || text === '='));
  const names = tokens.slice(0, Math.max(0, sign)).filter(({ text }) => text !== ',');
  if (names.some(({ kind, text }) => kind !== 'path' || !/^\$\w+$/.test(text))) return null;
  const parser = new ExpressionParser(tokens.slice(sign + 1));
  const value = parser.pipe(0);
  return value === null || !parser.isDone ? null : { assigns: names.map(({ text }) => text.slice(1)), isNew: tokens[sign]?.text === ':=', value };
}

class ExpressionParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** `a | f b`: what stands before a bar is the last argument of what stands behind it. */
  pipe(depth: number): Expression | null {
    let value = this.#command(depth);
    while (value !== null && this.#tokens[this.#at]?.text === '|') {
      this.#at++;
      const call = this.#command(depth);
      if (call?.kind !== 'call') return null;
      value = { ...call, args: [...call.args, value], span: { start: value.span.start, end: call.span.end } };
    }
    return value;
  }

  #command(depth: number): Expression | null {
    const operands: Expression[] = [];
    const first = this.#tokens[this.#at];
    const isCall = first?.kind === 'word' && !/^(?:true|false|nil)$/.test(first.text);
    if (isCall) this.#at++;
    while (!this.isDone && !/^[|)]$/.test(this.#tokens[this.#at]?.text ?? '')) {
      const operand = this.#operand(depth);
      if (operand === null) return null;
      operands.push(operand);
    }
    const last = operands.at(-1);
    if (isCall) return { kind: 'call', name: first.text, args: operands, span: { start: first.span.start, end: last?.span.end ?? first.span.end } };
    // A method with arguments: `.Files.Get "x"`.
    return last === undefined ? null : operands.length === 1 ? last : { kind: 'call', name: '', args: operands, span: { start: operands[0]?.span.start ?? 0, end: last.span.end } };
  }

  #operand(depth: number): Expression | null {
    const token = this.#tokens[this.#at];
    if (token === undefined) return null;
    this.#at++;
    const { span, text, kind } = token;
    if (kind === 'string') return literalString(text, span);
    if (kind === 'number') return { kind: 'literal', type: 'number', text, inner: span, span };
    if (kind === 'path') {
      const [name = '', ...fields] = text.split('.');
      return { kind: 'path', name: name === '$' ? '$' : name.slice(1), fields: fields.filter((field) => field !== ''), span };
    }
    if (kind === 'word') {
      if (text === 'true' || text === 'false') return { kind: 'literal', type: 'bool', text, inner: span, span };
      return { kind: 'call', name: text, args: [], span };
    }
    if (text !== '(' || depth >= MAX_DEPTH) return null;
    const inner = this.pipe(depth + 1);
    const close = this.#tokens[this.#at];
    if (inner === null || close?.text !== ')') return null;
    this.#at++;
    const field = this.#tokens[this.#at];
    if (field?.kind !== 'path' || field.span.start !== close.span.end || !field.text.startsWith('.')) return { ...inner, span: { start: span.start, end: close.span.end } };
    this.#at++;
    return { kind: 'fields', of: inner, fields: field.text.slice(1).split('.'), span: { start: span.start, end: field.span.end } };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function literalString(raw: string, span: Span): Expression {
  const inner = raw.slice(1, -1);
  const isPlain = raw.startsWith('`') || !inner.includes('\\');
  return { kind: 'literal', type: 'string', text: isPlain ? inner : inner.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter), inner: isPlain ? { start: span.start + 1, end: span.end - 1 } : null, span };
}
