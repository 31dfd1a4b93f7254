import type { FileKind } from './kind.ts';
import { KINDS } from './kinds.ts';
import { NOTHING, type Reading } from '../site.ts';

export type { FileKind, Includes, Reader } from './kind.ts';
export { type Bypass, type Comment, NOTHING, type Reading, type Site } from '../site.ts';
export { type Environment, givenBy, namesGiven, namesRead } from './given.ts';
export { mayHold } from './prefilter.ts';
// Here too, for who filters before anything of the analysis of code is loaded.
export { mayHoldCode } from '../code/telling.ts';

/** The kind of a file by its name; `null` for a file that can't hold anything we know how to read. Both `/` and `\` part a path. */
export function kindOf(path: string): FileKind | null {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const name = path.slice(end).toLowerCase();
  const folder = path.slice(Math.max(0, end - 100), end).replaceAll('\\', '/').toLowerCase();
  return KINDS.find((kind) => kind.matches(name, folder)) ?? null;
}

/**
 * Reads a file's text by the kind of its name and loads what that kind needs on the way (the YAML parser, say):
 * who meets none, loads none. A name of no known kind gives an empty reading. Where waiting is impossible, as in an
 * ESLint rule, `@sslmode/core/files/sync` has the same at once, at the price of loading everything.
 */
export async function readFile(path: string, text: string): Promise<Reading> {
  const read = await kindOf(path)?.load();
  return read === undefined ? NOTHING : read(path, text);
}
