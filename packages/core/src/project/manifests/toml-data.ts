import { dataOf, parseToml } from '../../files/toml/parse.ts';
import { objectOf, ownProperty } from './json-object.ts';

/** The data of a TOML text, strings all; `null` where it is none. */
export function parseTomlObject(text: string): Readonly<Record<string, unknown>> | null {
  const { trees, failure } = parseToml(text);
  const root = trees[0]?.roots[0];
  return failure !== null || root === undefined ? null : objectOf(dataOf(root));
}

/** What stands at a path of names, an empty object where nothing does. */
export function objectAt(object: Readonly<Record<string, unknown>>, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  return path.reduce((at, name) => objectOf(ownProperty(at, name)), object);
}

/** The strings of a list. */
export function stringsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item: unknown) => typeof item === 'string') : [];
}

/** A block `[[package]]` of the lockfiles of Cargo, Poetry, PDM and uv. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** As written: `registry+https://…`, `{ editable = "." }`; empty for none. */
  readonly source: string;
}

/** The packages of such a lockfile. Always written by the tool, so lines tell all. */
export function lockedPackages(text: string): readonly LockedPackage[] {
  const found: LockedPackage[] = [];
  let at: { name: string; version: string; source: string } | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) {
      if (at !== null && at.name !== '') found.push(at);
      at = line.trimEnd() === '[[package]]' ? { name: '', version: '', source: '' } : null;
    } else if (at !== null) {
      const field = /^(name|version|source) = (.*)$/.exec(line.trimEnd());
      const value = (field?.[2] ?? '').replace(/^"(.*)"$/, '$1');
      if (field?.[1] === 'name') at.name = value;
      else if (field?.[1] === 'version') at.version = value;
      else if (field?.[1] === 'source') at.source = value;
    }
  }
  if (at !== null && at.name !== '') found.push(at);
  return found;
}
