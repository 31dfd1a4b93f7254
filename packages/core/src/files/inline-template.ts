/** Longest template that is looked for in a word. */
const MAX_LENGTH = 300;

const FENCES = [['${{', '}}'], ['{{', '}}'], ['<%', '%>']] as const;

/** Where a template ends that begins here, on the same line: `{{ password }}` is one word, whatever blanks are in it. -1 for none. */
export function templateEnd(text: string, at: number): number {
  // Cheap: asked for at every bracket.
  if (text[at + 1] !== '{' && text[at + 1] !== '%') return -1;
  const fence = FENCES.find(([open]) => text.startsWith(open, at));
  if (fence === undefined) return -1;
  const found = text.slice(at, at + MAX_LENGTH).search(fence[1] === '}}' ? /\}\}|[\r\n]/ : /%>|[\r\n]/);
  return found >= 0 && text.startsWith(fence[1], at + found) ? at + found + fence[1].length : -1;
}
