/** A line that may end a here-document. */
interface Line {
  readonly start: number;
  readonly next: number;
}

/** Finds lines by what stands on them: where here-documents end. Looks the text through once, when first asked. */
export class LineFinder {
  readonly #text: string;
  #lines: { readonly plain: Map<string, Line[]>; readonly tabbed: Map<string, Line[]> } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first line from an offset on that is this word alone; behind tabs, if they may stand there. */
  find(word: string, from: number, tabs: boolean): Line | null {
    this.#lines ??= this.#read();
    const lines = (tabs ? this.#lines.tabbed : this.#lines.plain).get(word) ?? [];
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.start ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return lines[low] ?? null;
  }

  #read(): { plain: Map<string, Line[]>; tabbed: Map<string, Line[]> } {
    const text = this.#text;
    const plain = new Map<string, Line[]>();
    const tabbed = new Map<string, Line[]>();
    const add = (map: Map<string, Line[]>, word: string, line: Line): void => {
      const lines = map.get(word) ?? [];
      lines.push(line);
      map.set(word, lines);
    };
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf('\n', start);
      const next = newline < 0 ? text.length : newline + 1;
      // Longer lines are none that end a document.
      const whole = next - start < 150 ? text.slice(start, newline < 0 ? text.length : newline).replace(/\r$/, '') : '';
      const word = whole.replace(/^\t+/, '');
      if (/^[\w.\s"'-]+$/.test(word)) {
        add(tabbed, word, { start, next });
        if (word === whole) add(plain, word, { start, next });
      }
      start = next;
    }
    return { plain, tabbed };
  }
}
