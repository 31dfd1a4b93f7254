/** An element of an XML text, as far as manifests need it. */
export interface Element {
  /** Names from the root to this one, joined by `/`, without namespace prefixes. */
  readonly path: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text, without that of the elements in it. */
  text: string;
  readonly children: Element[];
}

/** Deeper elements are nobody's manifest. */
const MAX_DEPTH = 100;

/** The elements of an XML text in the order in which they begin. Takes what is not well-formed as it comes; entities stay as they are. */
export function xmlElements(text: string): readonly Element[] {
  const found: Element[] = [];
  const stack: Element[] = [];
  const tag = /<!--|<!\[CDATA\[|<[?!]|<(\/?)([A-Za-z_][\w:.-]*)|[^<]+|</g;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    const [whole, slash, name] = match;
    const skipped = whole === '<!--' ? '-->' : whole === '<![CDATA[' ? ']]>' : /^<[?!]$/.test(whole) ? '>' : null;
    if (skipped !== null) {
      const end = text.indexOf(skipped, tag.lastIndex);
      tag.lastIndex = end < 0 ? text.length : end + skipped.length;
    } else if (name === undefined) {
      const at = stack.at(-1);
      if (at !== undefined) at.text += whole;
    } else if (slash === '/') {
      const local = localName(name);
      const open = stack.findLastIndex(({ path }) => path === local || path.endsWith(`/${local}`));
      if (open >= 0) stack.length = open;
      tag.lastIndex = endOfTag(text, tag.lastIndex).end;
    } else {
      const { end, closed } = endOfTag(text, tag.lastIndex);
      const parent = stack.at(-1);
      const element: Element = { path: parent === undefined ? localName(name) : `${parent.path}/${localName(name)}`, attributes: attributesOf(text.slice(tag.lastIndex, end)), text: '', children: [] };
      parent?.children.push(element);
      found.push(element);
      if (!closed && stack.length < MAX_DEPTH) stack.push(element);
      tag.lastIndex = end;
    }
  }
  return found;
}

/** The text of the first child of a name, or the attribute of that name. */
export function valueIn({ path, attributes, children }: Element, name: string): string | undefined {
  return children.find((child) => child.path === `${path}/${name}`)?.text.trim() ?? (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
}

/** Without its prefix; cut where nobody's name is so long, for paths repeat it. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).slice(0, 100);
}

/** Behind the `>` that ends a tag; one in quotes does not. */
function endOfTag(text: string, from: number): { end: number; closed: boolean } {
  const part = /[^"'>]+|"[^"]*"|'[^']*'|["'>]/y;
  part.lastIndex = from;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    if (match[0] === '>') return { end: part.lastIndex, closed: text[part.lastIndex - 2] === '/' };
  }
  return { end: text.length, closed: true };
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...tag.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [name, double ?? single ?? '']));
}
