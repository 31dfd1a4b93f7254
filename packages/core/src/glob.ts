/**
 * Glob patterns for paths and for host names. Own code, since patterns come out of the scanned repository: matching
 * steps through an automaton and takes at most pattern × text steps, where libraries that translate a glob to a
 * regular expression can be made to run for years.
 */

type Step =
  | { readonly op: 'char'; readonly unit: number }
  | { readonly op: 'set'; readonly ranges: readonly (readonly [from: number, to: number])[]; readonly negated: boolean; readonly slash: boolean }
  | { readonly op: 'split'; readonly to: number[] }
  | { readonly op: 'match' };

/** What a pattern is for: in `path` `*` and `?` stop at `/`, in `host` they match dots too and case does not count. */
export type GlobKind = 'path' | 'host';

const SLASH = 47;

/**
 * Compiles a pattern; never throws: what has no meaning as a pattern (an unclosed `{` or `[`) stands for itself.
 *
 * Knows `*`, `?`, `**` (whole segments, also none of them: `a/**` matches `a`), `[a-z]`, `[!a]`, `{a,b}` and `\` to
 * take the next character as it is. Names that begin with a dot are matched like all others: `.env` is what we look
 * for. A leading `./` or `/` means the folder that the pattern is relative to, a trailing `/` everything below.
 */
export function compileGlob(pattern: string, kind: GlobKind): (text: string) => boolean {
  const automaton = new Automaton(compile(kind === 'host' ? pattern.toLowerCase() : anchored(pattern), kind));
  return (text) => automaton.accepts(kind === 'host' ? text.toLowerCase() : text);
}

function anchored(pattern: string): string {
  const relative = pattern.startsWith('./') ? pattern.slice(2) : pattern.startsWith('/') ? pattern.slice(1) : pattern;
  return relative.endsWith('/') ? `${relative}**` : relative;
}

interface Group {
  /** Index of the group's split. */
  readonly split: number;
  /** Jumps at the ends of its alternatives, all to where the group ends. */
  readonly ends: number[][];
}

function compile(pattern: string, kind: GlobKind): readonly Step[] {
  const steps: Step[] = [];
  const groups: Group[] = [];
  const braces = matchBraces(pattern);
  const closings = new Set(braces.values());

  const star = (slash: boolean): void => {
    const split = steps.length;
    steps.push({ op: 'split', to: [split + 1, split + 3] }, { op: 'set', ranges: [], negated: true, slash }, { op: 'split', to: [split] });
  };
  /** Either what `add` adds, or nothing. */
  const optional = (add: () => void): void => {
    const to = [steps.length + 1];
    steps.push({ op: 'split', to });
    add();
    to.push(steps.length);
  };
  const literal = (unit: number): void => {
    steps.push({ op: 'char', unit });
  };

  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    const closing = braces.get(at);
    if (character === '\\' && at + 1 < pattern.length) {
      literal(pattern.charCodeAt(++at));
    } else if (kind === 'path' && isGlobstar(pattern, at)) {
      if (pattern[at + 2] === '/') {
        // `**/`: any number of whole segments.
        optional(() => {
          star(true);
          literal(SLASH);
        });
        at += 2;
      } else {
        star(true);
        at += 1;
      }
    } else if (kind === 'path' && character === '/' && isGlobstar(pattern, at + 1) && at + 3 === pattern.length) {
      // `/**` at the end: the folder itself too.
      optional(() => {
        literal(SLASH);
        star(true);
      });
      at += 2;
    } else if (character === '*') {
      star(kind === 'host');
    } else if (character === '?') {
      steps.push({ op: 'set', ranges: [], negated: true, slash: kind === 'host' });
    } else if (character === '[' && classEnd(pattern, at) !== undefined) {
      const end = classEnd(pattern, at) ?? at;
      steps.push(characterClass(pattern.slice(at + 1, end)));
      at = end;
    } else if (closing !== undefined) {
      groups.push({ split: steps.length, ends: [] });
      steps.push({ op: 'split', to: [steps.length + 1] });
    } else if (groups.length > 0 && (character === ',' || closings.has(at))) {
      const group = groups.at(-1);
      const start = group === undefined ? undefined : steps[group.split];
      const end: number[] = [];
      steps.push({ op: 'split', to: end });
      group?.ends.push(end);
      if (character === ',' && start?.op === 'split') {
        start.to.push(steps.length);
      } else {
        for (const jump of group?.ends ?? []) jump.push(steps.length);
        groups.pop();
      }
    } else {
      literal(pattern.charCodeAt(at));
    }
  }
  steps.push({ op: 'match' });
  return steps;
}

/** `**` that makes up a whole segment. */
function isGlobstar(pattern: string, at: number): boolean {
  const before = pattern[at - 1];
  const after = pattern[at + 2];
  return (
    pattern.startsWith('**', at) &&
    (before === undefined || before === '/' || before === '{' || before === ',') &&
    (after === undefined || after === '/' || after === '}' || after === ',')
  );
}

/** Opening to closing braces of the groups that hold a comma: as in a shell, `{a}` is no group. */
function matchBraces(pattern: string): ReadonlyMap<number, number> {
  const groups = new Map<number, number>();
  const open: { at: number; comma: boolean }[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') open.push({ at, comma: false });
    else if (character === '}') {
      const group = open.pop();
      if (group?.comma === true) groups.set(group.at, at);
    } else if (character === ',') {
      const group = open.at(-1);
      if (group !== undefined) group.comma = true;
    }
  }
  return groups;
}

/** Where `[…]` ends; a class is short, so looking for its end stays cheap even for thousands of `[`. */
function classEnd(pattern: string, at: number): number | undefined {
  const first = pattern[at + 1] === '!' || pattern[at + 1] === '^' ? at + 2 : at + 1;
  for (let end = first + 1; end < pattern.length && end < at + 100; end++) if (pattern[end] === ']') return end;
  return undefined;
}

function characterClass(text: string): Step {
  const negated = text.startsWith('!') || text.startsWith('^');
  const units = negated ? text.slice(1) : text;
  const ranges: [number, number][] = [];
  for (let at = 0; at < units.length; at++) {
    const from = units.charCodeAt(at);
    if (units[at + 1] === '-' && at + 2 < units.length) {
      ranges.push([from, units.charCodeAt(at + 2)]);
      at += 2;
    } else {
      ranges.push([from, from]);
    }
  }
  return { op: 'set', ranges, negated, slash: false };
}

function accepts(step: Step, unit: number): boolean {
  if (step.op === 'char') return step.unit === unit;
  if (step.op !== 'set' || (unit === SLASH && !step.slash)) return false;
  return step.ranges.some(([from, to]) => unit >= from && unit <= to) !== step.negated;
}

/** All places in a pattern where a match may stand after the same text. */
interface State {
  readonly at: readonly number[];
  readonly matches: boolean;
  /** Where each character leads, as far as it was met. */
  readonly next: Map<number, State>;
}

/** More than patterns of people ever need; a hostile one starts over, and stays as slow as it was at first. */
const MAX_STATES = 2000;

/** Follows all ways through the steps at once, and remembers where they led: most paths are told apart from few states. */
class Automaton {
  readonly #steps: readonly Step[];
  readonly #states = new Map<string, State>();
  #start: State | undefined;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  accepts(text: string): boolean {
    let state = (this.#start ??= this.#state([0]));
    for (let at = 0; at < text.length; at++) {
      if (state.at.length === 0) return false;
      const unit = text.charCodeAt(at);
      let next = state.next.get(unit);
      if (next === undefined) {
        next = this.#after(state, unit);
        state.next.set(unit, next);
      }
      state = next;
    }
    return state.matches;
  }

  #after(state: State, unit: number): State {
    const next: number[] = [];
    for (const index of state.at) {
      const step = this.#steps[index];
      if (step !== undefined && accepts(step, unit)) next.push(index + 1);
    }
    return this.#state(next);
  }

  #state(from: readonly number[]): State {
    const at = reachable(this.#steps, from);
    const key = at.join();
    let state = this.#states.get(key);
    if (state === undefined) {
      if (this.#states.size >= MAX_STATES) {
        this.#states.clear();
        this.#start = undefined;
      }
      state = { at, matches: at.some((index) => this.#steps[index]?.op === 'match'), next: new Map() };
      this.#states.set(key, state);
    }
    return state;
  }
}

function reachable(steps: readonly Step[], from: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  const waiting = [...from];
  const stops: number[] = [];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (seen.has(index)) continue;
    seen.add(index);
    const step = steps[index];
    if (step?.op === 'split') waiting.push(...step.to);
    else stops.push(index);
  }
  // In one order, so that the same places are the same state.
  return stops.sort((a, b) => a - b);
}
