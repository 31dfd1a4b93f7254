import type { Value } from '../value.ts';
import { truthiness } from '../value.ts';
import { bare, nameOf } from './ast.ts';
import type { Node } from './ast.ts';
import type { Imported, Tree } from './scope.ts';

/** How a function that puts objects together does so. */
export type Merging = 'assign' | 'merge' | 'defaults' | 'defaults-deep';

const MERGING: Readonly<Record<string, Merging>> = {
  assign: 'assign', assignIn: 'assign', extend: 'assign', merge: 'merge', deepmerge: 'merge', defaults: 'defaults', defaultsDeep: 'defaults-deep', defu: 'defaults-deep',
};
const OF_OBJECTS = /^(?:lodash(?:-es)?|underscore|deepmerge|ts-deepmerge|deepmerge-ts|defu|merge-deep)(?=[./]|$)/;

/** `_.merge`, `defaults` of lodash, deepmerge, defu. */
export function mergingOf(imported: Imported | undefined): Merging | undefined {
  if (imported === undefined || !OF_OBJECTS.test(imported.module)) return undefined;
  return MERGING[imported.path.at(-1) ?? imported.module.split(/[./]/).at(-1) ?? ''];
}

/** `Object.assign` */
export function isObjectAssign(callee: Node, tree: Tree): boolean {
  return callee.type === 'MemberExpression' && nameOf(callee.property, callee.computed) === 'assign' && tree.isGlobal(bare(callee.object), 'Object');
}

/** Two objects, the second of which comes after the first. */
export function mergedWith(first: Value, second: Value, how: Merging): Value {
  if (how === 'defaults' || how === 'defaults-deep') return mergedWith(second, first, how === 'defaults' ? 'assign' : 'merge');
  if (second.kind !== 'object') return truthiness(second) === false ? first : { kind: 'hidden', span: first.span };
  if (first.kind !== 'object') return truthiness(first) === false ? second : { kind: 'hidden', span: second.span };
  const before = second.open ? first.entries.map((entry) => ({ ...entry, value: { kind: 'hidden', span: entry.value.span } as const })) : first.entries;
  const entries = second.entries.map((entry) => {
    const known = how === 'merge' ? before.findLast(({ name }) => name === entry.name) : undefined;
    const isDeep = known?.value.kind === 'object' && entry.value.kind === 'object';
    return isDeep ? { ...entry, value: mergedWith(known.value, entry.value, how) } : entry;
  });
  return { ...first, entries: [...before, ...entries], open: first.open || second.open };
}

/** `parse(url)` of pg-connection-string: options that say what the URL does, for it is what pg itself reads one with. */
export function readsConnectionString(imported: Imported | undefined): boolean {
  return imported?.module === 'pg-connection-string' && READERS.has(imported.path.at(-1) ?? 'parse');
}

const READERS: ReadonlySet<string> = new Set(['parse', 'parseIntoClientConfig', 'toClientConfig']);

/** What Testcontainers says of a server that it started: on this machine, in a test. */
export function ofTestcontainer(imported: Imported | undefined): string | undefined {
  if (imported === undefined || !/testcontainers(?:\/|$)/.test(imported.module)) return undefined;
  const asked = imported.path.at(-1);
  return asked === 'getHost' ? 'localhost' : asked === 'getConnectionUri' ? 'postgres://localhost' : undefined;
}

/** Functions that give back what they are given, or a copy of it. */
export const COPIES: ReadonlySet<string> = new Set(['structuredClone', 'cloneDeep', 'clone', 'freeze', 'seal', 'deepFreeze']);

/** What `JSON.parse(JSON.stringify(value))` copies: of the settings that are looked at, all but functions. */
export function copiedAsJson(node: Node, tree: Tree): Node | undefined {
  const inner = argumentOf(node, 'parse', tree);
  return inner === undefined ? undefined : argumentOf(inner, 'stringify', tree);
}

/** The argument of a method of the global JSON. */
function argumentOf(node: Node, method: string, tree: Tree): Node | undefined {
  const call = bare(node);
  if (call.type !== 'CallExpression' || call.arguments.length !== 1) return undefined;
  const callee = bare(call.callee);
  return callee.type === 'MemberExpression' && nameOf(callee.property, callee.computed) === method && tree.isGlobal(bare(callee.object), 'JSON') ? call.arguments[0] : undefined;
}
