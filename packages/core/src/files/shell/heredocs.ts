/** A line that may end a here-document. */
interface Line {
  readonly start: number;
  readonly next: number;
}

/** What may stand before the word that ends a document: nothing, tabs (`<<-` of a shell), or any blanks (HCL). */
export type Indent = 'none' | 'tabs' | 'blanks';

const BEFORE: Readonly<Record<Indent, RegExp>> = { none: /^/, tabs: /^\t*/, blanks: /^[ \t]*/ };

/** Finds lines by what stands on them: where here-documents end. Looks the text through once, when first asked. */
export class LineFinder {
  readonly #text: string;
  readonly #lines = new Map<Indent, Map<string, Line[]>>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The first line from an offset on that is this word alone. */
  find(word: string, from: number, indent: Indent): Line | null {
    const known = this.#lines.get(indent) ?? this.#read(BEFORE[indent]);
    this.#lines.set(indent, known);
    const lines = known.get(word) ?? [];
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.start ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return lines[low] ?? null;
  }

  #read(before: RegExp): Map<string, Line[]> {
    const text = this.#text;
    const found = new Map<string, Line[]>();
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf('\n', start);
      const next = newline < 0 ? text.length : newline + 1;
      // Longer lines are none that end a document.
      const word = next - start < 150 ? text.slice(start, newline < 0 ? text.length : newline).replace(/\r$/, '').replace(before, '') : '';
      if (/^[\w.\s"'-]+$/.test(word)) {
        const lines = found.get(word) ?? [];
        lines.push({ start, next });
        found.set(word, lines);
      }
      start = next;
    }
    return found;
  }
}
