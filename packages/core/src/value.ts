import type { MappedText, Span } from './text.ts';

/**
 * An options object as far as it can be known without running anything. Readers of code build it from a syntax
 * tree, {@link valueOf} from a real object.
 */
export type Value =
  /** A primitive that is written down. `text` where it is a string that can be edited in place. */
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined; readonly span: Span; readonly text?: MappedText }
  /** An object; `open` where a spread, a computed key or a later mutation may add or replace what is not in `entries`. Later entries win. */
  | { readonly kind: 'object'; readonly entries: readonly Entry[]; readonly open: boolean; readonly span: Span }
  | { readonly kind: 'array'; readonly items: readonly Value[]; readonly span: Span }
  /** A function; `returnsNothing` where it visibly never returns a value (`() => undefined`, `() => {}`): as checkServerIdentity it accepts any name. `returns` is what it gives, where that is one thing whatever happens. */
  | { readonly kind: 'function'; readonly returnsNothing: boolean; readonly returns?: Value; readonly span: Span }
  /** Something there and truthy whose content does not matter or cannot be known: `readFileSync(...)`, a Buffer, a template with holes. `file` is the path of the file that it is the content of, where that is written down; `begins`, what a text with holes begins with. */
  | { readonly kind: 'opaque'; readonly file?: string; readonly begins?: string; readonly span: Span }
  /**
   * May be anything, also undefined: a variable from elsewhere. `name` is the environment variable that it reads, if it
   * is one; `is`: it is only compared with a text (`process.env.DB_SSL === 'true'`), and the comparison holds where they are alike, or where they are not.
   */
  | { readonly kind: 'hidden'; readonly name?: string; readonly is?: { readonly text: string; readonly holds: boolean }; readonly span: Span };

/** One property of an object. */
export interface Entry {
  readonly name: string;
  readonly value: Value;
  /** The whole property, `name: value`. */
  readonly span: Span;
  /** The property and what separates it from its neighbour: what has to be deleted with it. */
  readonly whole?: Span;
}

const NOWHERE: Span = { start: 0, end: 0 };

/** A function's own text where it visibly never returns a value; it is never run. An async one returns a promise. */
const RETURNS_NOTHING = /^(?:function\s*\w*\s*\([^()]*\)\s*\{\s*(?:return(?:\s+(?:undefined|null))?\s*;?)?\s*\}|(?:\([^()]*\)|\w+)\s*=>\s*(?:\{\s*(?:return(?:\s+(?:undefined|null))?\s*;?)?\s*\}|undefined|null|void 0))$/;

/** The model of a real value, for callers that have one. Getters are not run: a property that has one is hidden. */
export function valueOf(real: unknown, seen: ReadonlySet<object> = new Set()): Value {
  if (real === null || real === undefined || typeof real === 'string' || typeof real === 'number' || typeof real === 'boolean') {
    return { kind: 'literal', value: real, span: NOWHERE };
  }
  if (typeof real === 'function') return { kind: 'function', returnsNothing: RETURNS_NOTHING.test(String(real)), span: NOWHERE };
  if (typeof real !== 'object' || seen.has(real)) return { kind: 'opaque', span: NOWHERE };
  const within = new Set(seen).add(real);
  if (Array.isArray(real)) return { kind: 'array', items: real.map((item) => valueOf(item, within)), span: NOWHERE };
  if (ArrayBuffer.isView(real)) return { kind: 'opaque', span: NOWHERE };
  const entries = Object.entries(Object.getOwnPropertyDescriptors(real))
    .filter(([, descriptor]) => descriptor.enumerable === true)
    .map(([name, descriptor]): Entry => ({
      name,
      value: 'value' in descriptor ? valueOf(descriptor.value, within) : { kind: 'hidden', span: NOWHERE },
      span: NOWHERE,
    }));
  return { kind: 'object', entries, open: false, span: NOWHERE };
}

/** The entry that counts for a name: the last. `undefined` for none, and for what is no object. */
export function entryOf(value: Value | undefined, name: string): Entry | undefined {
  return value?.kind === 'object' ? value.entries.findLast((entry) => entry.name === name) : undefined;
}

/** The value at a name; `undefined` where nothing is written. */
export function propertyOf(value: Value | undefined, name: string): Value | undefined {
  return entryOf(value, name)?.value;
}

/** What JavaScript would make of it in a condition; `undefined` where that is hidden. */
export function truthiness(value: Value | undefined): boolean | undefined {
  if (value === undefined) return false;
  if (value.kind === 'hidden') return undefined;
  return value.kind === 'literal' ? Boolean(value.value) : true;
}
