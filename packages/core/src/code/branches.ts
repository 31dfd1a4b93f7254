import type { Span } from '../text.ts';
import { entryOf } from '../value.ts';
import type { Entry, Value } from '../value.ts';
import { both } from './conditions.ts';
import type { Branch, Condition } from './conditions.ts';

/** One value, whatever happens. */
export function only<T>(value: T): readonly Branch<T>[] {
  return [{ value, when: [] }];
}

/** The value of an expression that has one whatever happens. */
export function single<T>(branches: readonly Branch<T>[]): T | undefined {
  return branches.length === 1 ? branches[0]?.value : undefined;
}

/** Branches that differ in nothing that is seen are one: `argument ?? process.env.DATABASE_URL` is hidden whatever happens. */
export function unlessHidden(branches: readonly Branch<Value>[]): readonly Branch<Value>[] {
  const named = branches.filter(({ value }) => value.kind === 'hidden' && (value.name !== undefined || value.is !== undefined));
  const [first] = named.length === 1 ? named : branches;
  const isIdle = first !== undefined && named.length < 2 && branches.every(({ value, when }) => value.kind === 'hidden' && !when.some(({ loopback }) => loopback));
  return isIdle ? only(first.value) : branches;
}

/** These branches where those conditions hold too; what they exclude is left out. */
export function joined<T>(when: readonly Condition[], branches: readonly Branch<T>[]): readonly Branch<T>[] {
  return branches.flatMap((branch): readonly Branch<T>[] => {
    const together = both(when, branch.when);
    return together === undefined ? [] : [{ value: branch.value, when: together }];
  });
}

/** These branches where a condition holds too. */
export function under<T>(branches: readonly Branch<T>[], condition: Condition): readonly Branch<T>[] {
  return joined([condition], branches);
}

/** Every state with every value that can meet it. */
export function combined<S, T, R>(states: readonly Branch<S>[], values: readonly Branch<T>[], combine: (state: S, value: T) => R): readonly Branch<R>[] {
  return states.flatMap((state) => joined(state.when, values).map(({ value, when }) => ({ value: combine(state.value, value), when })));
}

/** An object while it is put together. */
export interface ObjectState {
  readonly entries: readonly Entry[];
  readonly open: boolean;
}

/** `...value` in an object. */
export function spread(state: ObjectState, value: Value): ObjectState {
  // null, undefined, false and numbers add nothing; strings and arrays add only indexes.
  if (value.kind === 'literal' || value.kind === 'array' || value.kind === 'function') return state;
  if (value.kind !== 'object') return obscured(state);
  const before = value.open ? obscured(state).entries : state.entries;
  return { entries: [...before, ...value.entries], open: state.open || value.open };
}

/** Something unknown may have been added, or put in the place of what is there. */
export function obscured({ entries }: ObjectState): ObjectState {
  return { entries: entries.map((entry) => ({ ...entry, value: { kind: 'hidden', span: entry.value.span } })), open: true };
}

/** `value.name`, at a place. */
export function memberOf(value: Value, name: string, span: Span): Value {
  if (value.kind === 'object') return entryOf(value, name)?.value ?? (value.open ? { kind: 'hidden', span } : { kind: 'literal', value: undefined, span });
  if (value.kind === 'array') return value.items[Number(name)] ?? { kind: 'hidden', span };
  return { kind: 'hidden', span };
}

/** The object with `value` at a path in it, as an assignment would leave it. */
export function withMember(object: Value, path: readonly string[], value: Value, span: Span): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (object.kind === 'literal' || object.kind === 'array' || object.kind === 'function') return { kind: 'hidden', span };
  const inner = rest.length === 0 ? value : withMember(memberOf(object, name, span), rest, value, span);
  // Of what is not seen no more is known than what was put into it: `const config = load(); config.ssl = …`.
  const known: Value = object.kind === 'object' ? object : { kind: 'object', entries: [], open: true, span: object.span };
  return { ...known, entries: [...known.entries, { name, value: inner, span }] };
}

/** The object with all of another's properties assigned into one at a path in it. */
export function mergedInto(object: Value, path: readonly string[], next: Value, span: Span): Value {
  if (next.kind !== 'object' || next.open) return next.kind === 'literal' ? object : withMember(object, path, { kind: 'hidden', span }, span);
  return next.entries.reduce((merged, entry) => withMember(merged, [...path, entry.name], entry.value, entry.span), object);
}

/** `Object.assign({ … }, value)`: as a spread of both. */
export function assignedTo(object: Value, value: Value): Value {
  if (object.kind !== 'object') return object;
  return { ...object, ...spread(object, value) };
}

/** `...rest`: all that was not taken out by name. */
export function withoutNames(value: Value, names: readonly string[]): Value {
  return value.kind === 'object' ? { ...value, entries: value.entries.filter(({ name }) => !names.includes(name)) } : { kind: 'hidden', span: value.span };
}
