import { MappedTextBuilder, type MappedText, type Span } from '../../text.ts';
import { entry, item, openMap, openSequence, scalar, type OpenMap, type OpenNode } from '../tree/build.ts';
import type { RawComment } from '../tree/comments.ts';
import type { ParsedTree } from '../tree/reading.ts';

/** How deep elements may stand in each other; what stands deeper belongs to the deepest. */
const MAX_DEPTH = 100;

/**
 * Takes an XML text apart; linear, never throws, and goes on where it is not well-formed. What has a name and a value is
 * an entry, in whichever way it is written: `<url>…</url>`, `<property name="url" value="…"/>`,
 * `<entry key="url">…</entry>`, `<Resource url="…"/>`.
 */
export function parseXml(text: string): ParsedTree {
  return new XmlParser(text).parse();
}

interface Attribute {
  readonly name: string;
  readonly value: MappedText;
  readonly span: Span;
}

interface Frame {
  readonly tag: string;
  readonly start: number;
  readonly attributes: readonly Attribute[];
  /** What stands in it; of one that stands too deep its parent's. */
  readonly map: OpenMap;
  readonly names: Set<string>;
  readonly text: MappedTextBuilder;
  readonly transparent: boolean;
  holdsElements: boolean;
}

const NAME = /[A-Za-z_:][^\s/>=<"']*/y;
const ATTRIBUTE = /\s*([^\s/>=<"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/y;
const TAG_END = /[^<>]*>/y;

class XmlParser {
  readonly #text: string;
  readonly #stack: Frame[];
  readonly #comments: RawComment[] = [];
  #failure: ParsedTree['failure'] = null;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#stack = [frame('', 0, [], openMap(0), false)];
  }

  parse(): ParsedTree {
    const text = this.#text;
    while (this.#at < text.length) {
      const open = text.indexOf('<', this.#at);
      const end = open < 0 ? text.length : open;
      if (end > this.#at) this.#decode(this.#top.text, this.#at, end);
      this.#at = end;
      if (open >= 0) this.#markup();
    }
    const [root] = this.#stack;
    if (this.#stack.length > 1) this.#fail('an element is not closed', this.#top.start);
    while (this.#stack.length > 1) this.#close();
    if (root !== undefined) this.#addText(root);
    return { trees: root === undefined ? [] : [{ roots: [root.map], merged: new Set() }], comments: this.#comments, failure: this.#failure };
  }

  get #top(): Frame {
    return this.#stack[this.#stack.length - 1] ?? frame('', 0, [], openMap(0), false);
  }

  #markup(): void {
    const text = this.#text;
    const start = this.#at;
    if (text.startsWith('<!--', start)) {
      const end = this.#skipTo('-->', 4, 'a comment is not closed');
      this.#comments.push({ span: { start, end }, inner: { start: start + 4, end: Math.max(start + 4, end - 3) } });
    } else if (text.startsWith('<![CDATA[', start)) {
      const end = this.#skipTo(']]>', 9, 'CDATA is not closed');
      this.#top.text.verbatim(text, start + 9, text.startsWith(']]>', end - 3) ? end - 3 : end);
    } else if (text.startsWith('<?', start)) this.#skipTo('?>', 2, 'an instruction is not closed');
    else if (text.startsWith('<%', start)) {
      const end = this.#skipTo('%>', 2, 'a template');
      this.#fail('a template', start);
      this.#top.text.verbatim(text, start, end);
    } else if (text.startsWith('<!', start)) this.#doctype();
    else if (text.startsWith('</', start)) this.#closingTag();
    else this.#openingTag();
  }

  /** Leads behind the next `closer`. */
  #skipTo(closer: string, length: number, reason: string): number {
    const close = this.#text.indexOf(closer, this.#at + length);
    if (close < 0) this.#fail(reason);
    this.#at = close < 0 ? this.#text.length : close + closer.length;
    return this.#at;
  }

  #doctype(): void {
    const text = this.#text;
    const subset = /[^[<>]*(?:\[[^\]]*\])?[^<>]*>/y;
    subset.lastIndex = this.#at + 2;
    if (subset.exec(text) !== null) this.#at = subset.lastIndex;
    else this.#skipTo('>', 2, 'a declaration is not closed');
  }

  #closingTag(): void {
    const start = this.#at;
    NAME.lastIndex = start + 2;
    const tag = NAME.exec(this.#text)?.[0] ?? '';
    TAG_END.lastIndex = start + 2 + tag.length;
    this.#at = TAG_END.exec(this.#text) === null ? start + 2 + tag.length : TAG_END.lastIndex;
    if (tag !== this.#top.tag) this.#fail('an end tag without its start', start);
    if (!this.#isOpen(tag)) return;
    while (this.#top.tag !== tag) this.#close();
    this.#close();
  }

  /** Looks a bounded number of elements up: a text that is full of wrong tags must not take long. */
  #isOpen(tag: string): boolean {
    for (let index = this.#stack.length - 1; index > Math.max(0, this.#stack.length - MAX_DEPTH); index--) if (this.#stack[index]?.tag === tag) return true;
    return false;
  }

  #openingTag(): void {
    const text = this.#text;
    const start = this.#at;
    NAME.lastIndex = start + 1;
    const tag = NAME.exec(text)?.[0];
    if (tag === undefined) {
      this.#fail('a bare less-than sign');
      this.#top.text.verbatim(text, start, start + 1);
      this.#at++;
      return;
    }
    this.#at = start + 1 + tag.length;
    const attributes = this.#attributes();
    const closing = /\s*(\/?)>/y;
    closing.lastIndex = this.#at;
    const closed = closing.exec(text);
    if (closed === null) this.#fail('a tag is not closed', start);
    else this.#at = closing.lastIndex;
    const parent = this.#top;
    parent.holdsElements = true;
    const transparent = this.#stack.length > MAX_DEPTH;
    if (transparent) this.#fail('nested too deep', start);
    this.#stack.push(frame(tag, start, attributes, transparent ? parent.map : openMap(start), transparent));
    if (closed?.[1] === '/') this.#close();
  }

  #attributes(): readonly Attribute[] {
    const text = this.#text;
    const found: Attribute[] = [];
    for (;;) {
      ATTRIBUTE.lastIndex = this.#at;
      const match = ATTRIBUTE.exec(text);
      if (match?.[1] === undefined) return found;
      const raw = match[2] ?? match[3] ?? match[4];
      const end = ATTRIBUTE.lastIndex;
      if (raw !== undefined) {
        const last = match[4] === undefined ? end - 1 : end;
        const builder = new MappedTextBuilder();
        this.#decode(builder, last - raw.length, last);
        found.push({ name: match[1], value: builder.build(last - raw.length), span: { start: this.#at + match[0].length - match[0].trimStart().length, end } });
      }
      this.#at = end;
    }
  }

  /** Closes the innermost element, and gives it to the one around. */
  #close(): void {
    const closed = this.#stack.pop();
    if (closed === undefined) return;
    const parent = this.#top;
    const end = this.#at;
    const { attributes, map, start, tag } = closed;
    if (closed.transparent) {
      this.#addText(closed);
      for (const { name, value, span } of attributes) this.#add(parent, name, scalar(value), span);
      return;
    }
    const named = attributes.find(({ name }) => name === 'name' || name === 'key');
    const valued = attributes.find(({ name }) => name === 'value');
    const text = trimmed(closed.text.build(start));
    if (!closed.holdsElements && (named !== undefined ? valued !== undefined || text.text !== '' : attributes.length === 0)) {
      const value = valued?.value ?? text;
      this.#add(parent, named?.value.text ?? tag, scalar(value), { start, end });
      return;
    }
    // `<property name="url"><value>…</value></property>`
    const [only, ...others] = map.entries;
    if (named !== undefined && only?.name === 'value' && others.length === 0 && text.text === '') {
      this.#add(parent, named.value.text, only.value, { start, end });
      return;
    }
    map.span = { start, end };
    for (const { name, value, span } of attributes) if (name !== named?.name) map.entries.push({ ...entry(this.#text, name, span.start, scalar(value), span.end), whole: { start: span.start - 1, end: span.end } });
    this.#addText(closed);
    this.#add(parent, named?.value.text ?? attributes.find(({ name }) => name === 'id')?.value.text ?? tag, map, { start, end });
  }

  #addText({ text, map, start }: Frame): void {
    const value = trimmed(text.build(start));
    if (value.text !== '') map.entries.push(entry(this.#text, '', value.span.start, scalar(value)));
  }

  /** Of two with one name each counts: elements are no map. */
  #add(parent: Frame, name: string, value: OpenNode, span: Span): void {
    const isRepeated = value.kind === 'scalar' && parent.names.has(name);
    parent.names.add(name);
    const node = isRepeated ? { ...openSequence(span.start), items: [item(this.#text, value)] } : value;
    parent.map.entries.push(entry(this.#text, name, span.start, node, span.end));
  }

  /** Adds a stretch of the source with its entities decoded. */
  #decode(builder: MappedTextBuilder, start: number, end: number): void {
    const text = this.#text;
    let copied = start;
    // Within the stretch: to look up to the end of the text would take quadratic time.
    const stretch = text.slice(start, end);
    for (let found = stretch.indexOf('&'); found >= 0; found = stretch.indexOf('&', found + 1)) {
      const at = start + found;
      const reference = /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][\w.-]{0,30}));/y;
      reference.lastIndex = at;
      const match = reference.exec(text);
      if (match === null) {
        this.#fail('a bare ampersand', at);
        continue;
      }
      const decoded = ENTITIES[match[3] ?? ''] ?? fromCode(match[1] === undefined ? Number.parseInt(match[2] ?? '', 16) : Number(match[1]));
      if (decoded === null || reference.lastIndex > end) continue;
      builder.verbatim(text, copied, at).add(decoded, { start: at, end: reference.lastIndex }, true);
      copied = reference.lastIndex;
    }
    builder.verbatim(text, copied, end);
  }

  #fail(reason: string, at = this.#at): void {
    this.#failure ??= { at, reason };
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function fromCode(code: number): string | null {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

function frame(tag: string, start: number, attributes: readonly Attribute[], map: OpenMap, transparent: boolean): Frame {
  return { tag, start, attributes, map, names: new Set(), text: new MappedTextBuilder(), transparent, holdsElements: false };
}

function trimmed(value: MappedText): MappedText {
  const { text } = value;
  const start = text.length - text.trimStart().length;
  return value.slice(start, Math.max(start, text.trimEnd().length));
}
