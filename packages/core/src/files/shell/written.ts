import type { Span } from '../../text.ts';

/** What puts a text into a script at a place, so that the shell reads it there as it is. */
export type Written = (put: string, at: number) => string;

/** Between no quotes these are letters like any other (XCU 2.2); whatever is not among them gets a backslash. */
const SPECIAL = /[^\w./:@=+,%^-]/g;

/** Of a script whose commands and assignments are `parts`, the ones in others behind those. */
export function writtenIn(text: string, parts: readonly Span[], documents: readonly Span[]): Written {
  let sorted: readonly Span[] | undefined;
  return (put, at) => {
    if (put.search(SPECIAL) < 0 || documents.some(({ start, end }) => start <= at && at <= end)) return put;
    sorted ??= parts.toSorted((a, b) => a.start - b.start);
    const quote = quoteAt(text, innermost(sorted, at)?.start ?? at, at);
    if (quote === "'") return put.replaceAll("'", String.raw`'\''`);
    return put.replace(quote === '"' ? /["$`\\]/g : SPECIAL, String.raw`\$&`);
  };
}

/** The last part that begins before a place and ends behind it. */
function innermost(sorted: readonly Span[], at: number): Span | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index--) {
    const part = sorted[index];
    if (part !== undefined && part.end >= at) return part;
  }
  return undefined;
}

/** The quote that is open at a place; empty for none. */
function quoteAt(text: string, start: number, at: number): string {
  let open = '';
  for (let index = start; index < at; index++) {
    const unit = text.charAt(index);
    if (unit === '\\' && open !== "'") index++;
    else if (open === '' && (unit === '"' || unit === "'")) open = unit;
    else if (unit === open) open = '';
  }
  return open;
}

/** Of a file that holds several scripts; between them it is written as it is. */
export function writtenInAny(scripts: readonly { readonly parts: readonly Span[]; readonly written: Written }[]): Written {
  return (put, at) => scripts.find(({ parts }) => parts.some(({ start, end }) => start <= at && at <= end))?.written(put, at) ?? put;
}
