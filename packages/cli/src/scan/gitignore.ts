/** The patterns of one .gitignore. */
export interface IgnorePatterns {
  /**
   * Whether the last pattern that fits ignores or un-ignores; `undefined` where none fits. `path`: names from the
   * folder of the file with the patterns down to what is asked about.
   */
  test(path: readonly string[], isFolder: boolean): 'ignored' | 'unignored' | undefined;
}

/**
 * Reads a .gitignore by git's own rules (https://git-scm.com/docs/gitignore, and wildmatch.c where that is silent).
 *
 * Not a library, for one reason: they turn patterns into regular expressions, and a pattern like `*a*a*a*a*b` from
 * a stranger's repository then takes minutes for one file name. Here the time is at most pattern times name.
 */
export function parseGitignore(text: string): IgnorePatterns {
  const patterns = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => parsePattern(line.replace(/\r$/, '')))
    .filter((pattern) => pattern !== undefined)
    .reverse();
  return {
    test(path, isFolder) {
      const found = patterns.find((pattern) => (isFolder || !pattern.folderOnly) && pattern.fits(path));
      return found === undefined ? undefined : found.negated ? 'unignored' : 'ignored';
    },
  };
}

interface Pattern {
  readonly negated: boolean;
  readonly folderOnly: boolean;
  fits(path: readonly string[]): boolean;
}

function parsePattern(line: string): Pattern | undefined {
  let text = withoutTrailingSpaces(line);
  if (text === '' || text.startsWith('#')) return undefined;
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const folderOnly = text.endsWith('/');
  if (folderOnly) text = text.slice(0, -1);
  if (text === '') return undefined;
  if (!text.includes('/')) {
    // No slash: a name at any depth.
    const name = compileName(text);
    return { negated, folderOnly, fits: (path) => name(path.at(-1) ?? '') };
  }
  const parts = text.replace(/^\//, '').split('/').map((part): Part => (part === '**' ? 'any' : compileName(part)));
  return { negated, folderOnly, fits: (path) => pathFits(parts, path) };
}

/** Trailing spaces don't count, unless a backslash quotes the last. */
function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ') end--;
  let backslashes = 0;
  while (line[end - 1 - backslashes] === '\\') backslashes++;
  return line.slice(0, backslashes % 2 === 1 && end < line.length ? end + 1 : end);
}

type NameTest = (name: string) => boolean;
/** One name of a path, or `**`: any number of them. */
type Part = NameTest | 'any';

/** `**` stands for any number of folders; at the end for at least one name. */
function pathFits(parts: readonly Part[], path: readonly string[]): boolean {
  return wildcardFits(
    parts.length,
    path.length,
    (part) => parts[part] === 'any',
    (part, at) => {
      const test = parts[part];
      return typeof test === 'function' && test(path[at] ?? '');
    },
    parts.at(-1) === 'any',
  );
}

/**
 * Greedy matching with one step back: only the last wildcard before a mismatch has to take more, since an earlier
 * one could not reach further than it did. At most pattern times subject steps.
 */
function wildcardFits(
  patternLength: number,
  subjectLength: number,
  isWildcard: (pattern: number) => boolean,
  fits: (pattern: number, subject: number) => boolean,
  lastTakesOne = false,
): boolean {
  let pattern = 0;
  let subject = 0;
  let wildcard = -1;
  let resume = 0;
  while (subject < subjectLength) {
    if (pattern < patternLength && isWildcard(pattern)) {
      if (lastTakesOne && pattern === patternLength - 1) return true;
      wildcard = pattern++;
      resume = subject;
    } else if (pattern < patternLength && fits(pattern, subject)) {
      pattern++;
      subject++;
    } else if (wildcard >= 0) {
      pattern = wildcard + 1;
      subject = ++resume;
    } else {
      return false;
    }
  }
  while (pattern < patternLength && isWildcard(pattern) && !(lastTakesOne && pattern === patternLength - 1)) pattern++;
  return pattern === patternLength;
}

type Token = { readonly kind: 'star' } | { readonly kind: 'one'; readonly fits: (character: string) => boolean };

/** One name of a pattern: `*`, `?`, `[…]` and backslashes; `**` inside a name is a plain `*`. A pattern that is cut off fits nothing. */
function compileName(pattern: string): NameTest {
  if (!/[*?[\\]/.test(pattern)) return (name) => name === pattern;
  const suffix = pattern.slice(1);
  if (pattern.startsWith('*') && !/[*?[\\]/.test(suffix)) return (name) => name.endsWith(suffix);
  const tokens = tokenize(Array.from(pattern));
  if (tokens === undefined) return () => false;
  // Tells most apart, and a stranger's file can have a hundred thousand patterns.
  const start = /^[^*?[\\]*/.exec(pattern)?.[0] ?? '';
  const end = /[^*?\]\\]*$/.exec(pattern)?.[0] ?? '';
  return (name) => {
    if (!name.startsWith(start) || !name.endsWith(end)) return false;
    const characters = charactersOf(name);
    return wildcardFits(
      tokens.length,
      characters.length,
      (at) => tokens[at]?.kind === 'star',
      (at, index) => {
        const token = tokens[at];
        return token?.kind === 'one' && token.fits(characters[index] ?? '');
      },
    );
  };
}

let last: { readonly name: string; readonly characters: readonly string[] } = { name: '', characters: [] };

/** Asked for the same name by one pattern after the other. */
function charactersOf(name: string): readonly string[] {
  if (last.name !== name) last = { name, characters: Array.from(name) };
  return last.characters;
}

function tokenize(pattern: readonly string[]): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at++];
    if (character === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (character === '?') {
      tokens.push({ kind: 'one', fits: () => true });
    } else if (character === '[') {
      const found = readClass(pattern, at);
      if (found === undefined) return undefined;
      tokens.push({ kind: 'one', fits: found.fits });
      at = found.end;
    } else {
      const literal = character === '\\' ? pattern[at++] : character;
      if (literal === undefined) return undefined;
      tokens.push({ kind: 'one', fits: (other) => other === literal });
    }
  }
  return tokens;
}

/** Classes as in wildmatch.c: ASCII. */
const NAMED_CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /^[a-z0-9]$/i,
  alpha: /^[a-z]$/i,
  blank: /^[ \t]$/,
  // eslint-disable-next-line no-control-regex -- that is what the class is
  cntrl: /^[\u0000-\u001f\u007f]$/,
  digit: /^[0-9]$/,
  graph: /^[\u0021-\u007e]$/,
  lower: /^[a-z]$/,
  print: /^[\u0020-\u007e]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[ \t\n\v\f\r]$/,
  upper: /^[A-Z]$/,
  xdigit: /^[0-9a-f]$/i,
};

/** Reads `[…]` from after its bracket; `undefined` where it has no end, or names a class that there isn't. */
function readClass(pattern: readonly string[], start: number): { fits: (character: string) => boolean; end: number } | undefined {
  let at = start;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at++;
  const tests: ((character: string) => boolean)[] = [];
  let first = true;
  for (;;) {
    let character = pattern[at++];
    if (character === undefined) return undefined;
    // A bracket that comes first is one of the characters.
    if (character === ']' && !first) break;
    first = false;
    if (character === '[' && pattern[at] === ':') {
      const end = pattern.indexOf(']', at + 1);
      if (end < 0) return undefined;
      // Without the second colon the bracket is an ordinary character.
      if (pattern[end - 1] === ':' && end - 1 > at) {
        const named = NAMED_CLASSES[pattern.slice(at + 1, end - 1).join('')];
        if (named === undefined) return undefined;
        tests.push((other) => named.test(other));
        at = end + 1;
        continue;
      }
    }
    if (character === '\\') character = pattern[at++];
    if (character === undefined) return undefined;
    const from = character;
    if (pattern[at] === '-' && pattern[at + 1] !== ']' && pattern[at + 1] !== undefined) {
      at++;
      let to = pattern[at++];
      if (to === '\\') to = pattern[at++];
      if (to === undefined) return undefined;
      const last = to;
      tests.push((other) => codePoint(other) >= codePoint(from) && codePoint(other) <= codePoint(last));
    } else {
      tests.push((other) => other === from);
    }
  }
  return { fits: (character) => tests.some((test) => test(character)) !== negated, end: at };
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
