import type { Library } from './library.ts';
import { isNothing } from './library.ts';

/**
 * Deno's own client: `new Client(url | options)`, `new Pool(url | options, size)`. The package `postgres` of npm has no export
 * of these names: there it is this one, by an import map.
 */
export const denoPostgres: Library = {
  driver: 'deno-postgres',
  modules: { 'deno.land/x/postgres': ['Client', 'Pool'], '@db/postgres': ['Client', 'Pool'], postgres: ['Client', 'Pool'] },
  matters: () => [0],
  read([argument]) {
    // Without any, the environment says where to.
    if (argument === undefined || isNothing(argument.value)) return [];
    if (argument.text !== undefined) return [{ string: argument.text, options: undefined }];
    return argument.value.kind === 'object' ? [{ string: null, options: argument.value }] : [{ string: 'hidden', options: undefined }];
  },
};
