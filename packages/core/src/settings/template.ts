import type { Span } from '../text.ts';

/** Where each opening bracket is closed, in one pass: nested ones are balanced, and unclosed ones cost nothing. */
export function closers(text: string, open: string, close: string): ReadonlyMap<number, number> {
  const closed = new Map<number, number>();
  const waiting: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text[at];
    if (unit === open) waiting.push(at);
    else if (unit === close) {
      const from = waiting.pop();
      if (from !== undefined) closed.set(from, at);
    }
  }
  return closed;
}

/** Where a word next stands. Remembers the last answer, so that many openers without a closer stay linear. */
class NextFinder {
  readonly #text: string;
  readonly #next = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  find(word: string, from: number): number {
    const known = this.#next.get(word);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = this.#text.indexOf(word, from);
    this.#next.set(word, found);
    return found;
  }
}

/** Openers whose closer is a fixed word: Actions and Azure expressions, Go, Jinja and Helm, ERB. Longer openers first. */
const FENCES = [
  ['${{', '}}'],
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
  ['<%', '%>'],
  ['%env(', ')%'],
] as const;

/** `%(name)s` of Python and of INI files. */
const PYTHON = /%\([\w.-]{1,100}\)[sd]/y;
/** `<placeholder>` in words for people. */
const ANGLE = /<[A-Za-z_][\w .-]{0,80}>/y;
/** `{name}`, `{}`, `{os.environ["NAME"]}` of Python's and C#'s formatted strings. */
const FORMAT = /\{[\w.[\]"'()!]{0,80}\}/y;

function endOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/**
 * The parts of a text that something else fills in before a driver sees it, in order, without overlap: `${X}`,
 * `${X:-default}`, `${{ secrets.X }}`, `$(X)`, `{{ .Values.x }}`, `{% if %}`, `<%= x %>`, `#{x}`, `#{x}#`, `%(X)s`,
 * `<placeholder>`, `{x}`. Linear in the length of the text. (`$X` and `%s`: see {@link isTemplateWord}.)
 */
export function findTemplates(text: string): readonly Span[] {
  const found: Span[] = [];
  if (!/[{(<]/.test(text)) return found;
  const finder = new NextFinder(text);
  let braces: ReadonlyMap<number, number> | undefined;
  let parentheses: ReadonlyMap<number, number> | undefined;

  const endAt = (at: number): number => {
    for (const [open, close] of FENCES) {
      if (!text.startsWith(open, at)) continue;
      const end = finder.find(close, at + open.length);
      if (end !== -1) return end + close.length;
    }
    const pair = text.slice(at, at + 2);
    if (pair === '${' || pair === '#{') {
      braces ??= closers(text, '{', '}');
      const end = braces.get(at + 1) ?? finder.find('}', at + 2);
      if (end === -1) return -1;
      // `#{X}#` of token replacement in deployments.
      return end + (pair === '#{' && text[end + 1] === '#' ? 2 : 1);
    }
    if (pair === '$(') {
      parentheses ??= closers(text, '(', ')');
      const end = parentheses.get(at + 1);
      return end === undefined ? -1 : end + 1;
    }
    if (pair === '%(') return endOfMatch(PYTHON, text, at);
    if (pair.startsWith('<')) return endOfMatch(ANGLE, text, at);
    return pair.startsWith('{') ? endOfMatch(FORMAT, text, at) : -1;
  };

  for (let at = 0; at < text.length; ) {
    const unit = text[at];
    const end = unit === '$' || unit === '{' || unit === '<' || unit === '#' || unit === '%' ? endAt(at) : -1;
    if (end === -1) at += 1;
    else {
      found.push({ start: at, end });
      at = end;
    }
  }
  return found;
}

/** Stands for a unit of a template: a private one, so that no grammar takes it for a separator. */
const FILLER = '\uE000';

/** The text with its templates filled in by neutral units: as long as before, and no grammar trips over what is in them. */
export function hideTemplates(text: string, templates: readonly Span[]): string {
  let hidden = '';
  let at = 0;
  for (const { start, end } of templates) {
    hidden += text.slice(at, start) + FILLER.repeat(end - start);
    at = end;
  }
  return hidden + text.slice(at);
}

/** `$X` and `$1` of a shell, `%X%` of cmd.exe, `%s %d %v` of Go and C. */
const WORD = /^(?:\$(?:[A-Za-z_]\w*|\d)|%[A-Za-z_]\w*%|%(?:\[\d+\])?[+#]?[sdvqt])$/;

/**
 * Whether a whole part of a connection string (a host, a port, a value) is a template written in one of the ways
 * that would be ordinary text inside a longer one: `$X`, `%X%`, `%s`.
 */
export function isTemplateWord(part: string): boolean {
  return WORD.test(part);
}

/** Whether `%s`, `%d` or `%v` stands in a part, and can be no percent-encoding. */
export function holdsVerb(part: string): boolean {
  return /%(?:[sv]|d(?![0-9A-Fa-f]))/.test(part);
}
