/**
 * The one of `words` that was probably meant: the nearest by edits (insert, delete, replace, swap neighbours), where
 * no more than a third of the letters differ; else one that begins with the word or stands in it; `undefined` where
 * none is near. Case does not count. Words longer than 64 characters are no typing errors of ours, so the cost is
 * bounded.
 */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const typed = word.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of words) {
    const distance = editDistance(typed, candidate.toLowerCase());
    if (distance <= Math.floor(Math.max(typed.length, candidate.length) / 3) && distance < least) {
      least = distance;
      best = candidate;
    }
  }
  if (best !== undefined) return best;
  // `warn` for `warning`; `sslmode/no-plaintext` for `no-plaintext`.
  const begun = typed.length >= 3 ? words.find((candidate) => candidate.toLowerCase().startsWith(typed)) : undefined;
  const within = words.filter((candidate) => candidate.length >= 4 && typed.includes(candidate.toLowerCase()));
  return begun ?? within.sort((a, b) => b.length - a.length)[0];
}

/** " Did you mean x?", or nothing: to be put behind a message. */
export function didYouMean(word: string, words: readonly string[]): string {
  const guess = nearest(word, words);
  return guess === undefined ? '' : ` Did you mean ${guess}?`;
}

/** Optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let distance = Math.min(cell(last, column) + 1, cell(current, column - 1) + 1, cell(last, column - 1) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, cell(beforeLast, column - 2) + 1);
      }
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return cell(last, b.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
