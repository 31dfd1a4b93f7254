/** Steps from the root of a document to a place in it. */
export type DataPath = readonly (string | number)[];

/** A document that was read, with the way back to its lines; or why it could not be. No message holds any part of the text. */
export type ParsedData =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Line (from 1) of the key or item at a path, or of the nearest that there is above it. */
      readonly lineOf: (path: DataPath) => number;
    }
  | { readonly ok: false; readonly message: string; readonly line: number };

interface Node {
  readonly value: unknown;
  readonly start: number;
  /** Members by name or items by index, with where each one's key begins. */
  readonly children: ReadonlyMap<string | number, { readonly node: Node; readonly start: number }>;
}

const NO_CHILDREN: Node['children'] = new Map();

/** Deeper documents are nobody's manifest, and would exhaust the stack. */
const MAX_DEPTH = 200;

/**
 * Reads JSON, keeping where things stand. Names like `__proto__` become properties like any other. Use JSON.parse
 * where lines do not matter.
 *
 * @param options.relaxed takes comments and commas before `}` and `]` too, as bun.lock has them.
 */
export function parseJson(text: string, options: { readonly relaxed?: boolean } = {}): ParsedData {
  const reader = new JsonReader(text, options.relaxed ?? false);
  const root = reader.document();
  if (root === null) return { ok: false, message: `not valid JSON (${reader.expected} expected)`, line: lineAt(text, reader.at) };
  return {
    ok: true,
    value: root.value,
    lineOf(path) {
      let { node, start }: { node: Node; start: number } = { node: root, start: root.start };
      for (const step of path) {
        const child = node.children.get(step);
        if (child === undefined) break;
        ({ node, start } = child);
      }
      return lineAt(text, start);
    },
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Every method leaves `at` where it stopped; `null` means that `expected` was missing there. */
class JsonReader {
  at = 0;
  expected = 'a value';
  readonly #text: string;
  readonly #relaxed: boolean;

  constructor(text: string, relaxed: boolean) {
    this.#text = text;
    this.#relaxed = relaxed;
  }

  document(): Node | null {
    if (this.#text.startsWith('\uFEFF')) this.at++;
    const root = this.#value(0);
    this.#skipSpace();
    if (root === null || this.at === this.#text.length) return root;
    return this.#miss('the end');
  }

  #value(depth: number): Node | null {
    this.#skipSpace();
    const start = this.at;
    switch (this.#text[start]) {
      case '{':
        return depth < MAX_DEPTH ? this.#object(depth + 1) : this.#miss('less nesting');
      case '[':
        return depth < MAX_DEPTH ? this.#array(depth + 1) : this.#miss('less nesting');
      case '"': {
        const value = this.#string();
        return value === null ? null : { value, start, children: NO_CHILDREN };
      }
      default:
        return this.#scalar();
    }
  }

  #object(depth: number): Node | null {
    const start = this.at++;
    const entries: [string, unknown][] = [];
    const children = new Map<string, { node: Node; start: number }>();
    for (let first = true; !this.#takes('}'); first = false) {
      if (!first && !this.#takes(',')) return this.#miss('"," or "}"');
      if (!first && this.#relaxed && this.#takes('}')) break;
      this.#skipSpace();
      const keyStart = this.at;
      const key = this.#text[keyStart] === '"' ? this.#string() : this.#miss('a name in double quotes');
      if (key === null) return null;
      if (!this.#takes(':')) return this.#miss('":"');
      const node = this.#value(depth);
      if (node === null) return null;
      entries.push([key, node.value]);
      children.set(key, { node, start: keyStart });
    }
    return { value: Object.fromEntries(entries), start, children };
  }

  #array(depth: number): Node | null {
    const start = this.at++;
    const items: unknown[] = [];
    const children = new Map<number, { node: Node; start: number }>();
    for (let first = true; !this.#takes(']'); first = false) {
      if (!first && !this.#takes(',')) return this.#miss('"," or "]"');
      if (!first && this.#relaxed && this.#takes(']')) break;
      const node = this.#value(depth);
      if (node === null) return null;
      children.set(items.length, { node, start: node.start });
      items.push(node.value);
    }
    return { value: items, start, children };
  }

  #string(): string | null {
    const start = this.at;
    for (let at = start + 1; at < this.#text.length; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit === 0x5c) at++;
      else if (unit < 0x20) break;
      else if (unit === 0x22) {
        this.at = at + 1;
        try {
          return JSON.parse(this.#text.slice(start, at + 1)) as string;
        } catch {
          this.at = start;
          return this.#miss('a known escape');
        }
      }
    }
    return this.#miss('the end of a string');
  }

  #scalar(): Node | null {
    const start = this.at;
    const match = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
    match.lastIndex = start;
    const word = match.exec(this.#text)?.[0];
    if (word === undefined) return this.#miss('a value');
    this.at += word.length;
    return { value: JSON.parse(word), start, children: NO_CHILDREN };
  }

  /** Takes the character if it comes next. */
  #takes(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  #skipSpace(): void {
    const space = /[ \t\r\n]*/y;
    for (;;) {
      space.lastIndex = this.at;
      space.exec(this.#text);
      this.at = space.lastIndex;
      if (!this.#relaxed || this.#text[this.at] !== '/') return;
      const [end, length] = this.#text[this.at + 1] === '*' ? ['*/', 2] : ['\n', 1];
      const close = this.#text.indexOf(end, this.at + 2);
      this.at = close === -1 ? this.#text.length : close + length;
    }
  }

  #miss(expected: string): null {
    this.expected = expected;
    return null;
  }
}
