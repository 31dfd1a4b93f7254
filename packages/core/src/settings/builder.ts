import type { Span } from '../text.ts';
import type { Decoded } from './percent.ts';
import type { ParsedString, Problem, Setting } from './setting.ts';
import { findTemplates, hideTemplates, holdsVerb, isTemplateWord } from './template.ts';

/** A setting as a parser finds it, before its value is decoded. */
export interface Found {
  readonly name: string;
  readonly key: string;
  /** The raw value. */
  readonly span: Span;
  readonly whole: Span;
  /** See {@link Setting.index}. */
  readonly index?: number;
}

/** Longer parts are no template words: saves copying them. */
const LONGEST_WORD = 200;

/** Names into which people format: `%s.svc.cluster.local`, `app_%d`. In a password a percent sign is one. */
const NAMES: ReadonlySet<string> = new Set(['host', 'dbname', 'user']);

/** The names whose value is a list with commas, an element a host (libpq: fe-connect.c, pqConnectOptions2). */
export function isList(name: string): boolean {
  return name === 'host' || name === 'hostaddr' || name === 'port';
}

/** Collects what a parser reads from a connection string, template parts and the first problem included. Every form's parser uses it. */
export class SettingsBuilder {
  readonly text: string;
  /** The text with templates made neutral: what a parser looks at. */
  readonly hidden: string;
  /** Set by the parser: see {@link ParsedString.open}. */
  open = false;
  /** In order, for the search. */
  readonly #templates: readonly Span[];
  readonly #words: Span[] = [];
  readonly #settings: Setting[] = [];
  #problem: Problem | null = null;

  constructor(text: string) {
    this.text = text;
    this.#templates = findTemplates(text);
    this.hidden = hideTemplates(text, this.#templates);
  }

  /** Notes what the grammar refuses. Drivers stop at the first, so only that counts. */
  refuse(message: string, start: number, end: number): void {
    this.#problem ??= { message, span: { start, end } };
  }

  /** Notes a template that stands outside every setting. */
  noteTemplate(span: Span): void {
    if (this.#templateAt(span) === undefined) this.#words.push(span);
  }

  /** Whether a template takes part in a stretch of the text, or is all of it in the way that {@link isTemplateWord} knows. */
  isDynamic(span: Span): boolean {
    return this.#templateAt(span) !== undefined || this.#isWord(span);
  }

  /** Whether a stretch is one template and nothing else. */
  isTemplate(span: Span): boolean {
    const template = this.#templateAt(span);
    return template === undefined ? this.#isWord(span) : template.start === span.start && template.end === span.end;
  }

  /** Whether a template ends where the stretch does, also `$X` as the last part of it. */
  endsWithTemplate(span: Span): boolean {
    if (span.end === span.start) return false;
    if (this.#templateAt({ start: span.end - 1, end: span.end }) !== undefined) return true;
    return /(?:^|[@:/,])\$[A-Za-z_]\w*$/.test(this.text.slice(Math.max(span.start, span.end - LONGEST_WORD), span.end));
  }

  /** Adds a setting; `decode` makes its value of the raw text. */
  add(found: Found, decode: (raw: string) => Decoded): void {
    const { span } = found;
    let value: string | null = null;
    if (this.#isWord(span) || (NAMES.has(found.name) && holdsVerb(this.text.slice(span.start, span.end)))) this.#words.push(span);
    else if (this.#templateAt(span) === undefined) {
      const decoded = decode(this.text.slice(span.start, span.end));
      value = decoded.value;
      if (decoded.problem !== null) this.refuse(decoded.problem, span.start + decoded.at, span.end);
    }
    this.#settings.push({ ...found, value, place: 'string' });
  }

  /** Adds a list as a setting an element. `separator` finds the commas in the raw text, however they are escaped in this form. */
  addList(found: Found, separator: RegExp, decode: (raw: string) => Decoded): void {
    const { start, end } = found.span;
    const raw = this.hidden.slice(start, end);
    const elements: Span[] = [];
    let from = 0;
    for (const match of raw.matchAll(separator)) {
      if (match[0].length > 1 && match[0].startsWith('\\') && match[0] !== '\\,') continue;
      elements.push({ start: start + from, end: start + match.index });
      from = match.index + match[0].length;
    }
    if (elements.length === 0) {
      this.add(found, decode);
      return;
    }
    elements.push({ start: start + from, end });
    // The list is decoded as one: a space that would be at the end of an element is inside it.
    if (this.#templateAt(found.span) === undefined) {
      const { problem, at } = decode(this.text.slice(start, end));
      if (problem !== null) this.refuse(problem, start + at, end);
    }
    elements.forEach((span, index) => {
      const next = elements[index + 1];
      // Up to the next element, or back to the one before: one comma goes with each.
      const whole = next === undefined ? { start: elements[index - 1]?.end ?? span.start, end } : { start: span.start, end: next.start };
      this.add({ ...found, span, whole, index }, decode);
    });
  }

  build(form: ParsedString['form'], scheme: string | null): ParsedString {
    return {
      form,
      text: this.text,
      scheme,
      settings: this.#settings,
      problem: this.#problem,
      templates: [...this.#templates, ...this.#words].sort((a, b) => a.start - b.start),
      open: this.open,
    };
  }

  #isWord({ start, end }: Span): boolean {
    return end - start <= LONGEST_WORD && isTemplateWord(this.text.slice(start, end));
  }

  /** A template that overlaps the stretch. */
  #templateAt(span: Span): Span | undefined {
    const templates = this.#templates;
    for (let low = 0, high = templates.length; low < high; ) {
      const middle = (low + high) >> 1;
      const template = templates[middle];
      if (template === undefined) break;
      if (template.end <= span.start) low = middle + 1;
      else if (template.start >= span.end) high = middle;
      else return template;
    }
    return undefined;
  }
}
