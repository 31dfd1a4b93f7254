import type { Imported } from '../scope.ts';
import { packageOf } from '../modules.ts';
import type { Library } from './library.ts';
import { pg } from './pg.ts';
import { postgresJs } from './postgres-js.ts';

/** The libraries that are known, each in its own file. */
const LIBRARIES: readonly Library[] = [pg, postgresJs];

/** The library of a module. */
export function libraryOf(module: string): Library | undefined {
  const name = packageOf(module);
  return LIBRARIES.find(({ modules }) => Object.hasOwn(modules, name));
}

/** The library whose call opens a connection, by what is called. */
export function libraryOfCall({ module, path }: Imported): Library | undefined {
  const library = libraryOf(module);
  return library?.modules[packageOf(module)]?.includes(path.join('.')) === true ? library : undefined;
}
