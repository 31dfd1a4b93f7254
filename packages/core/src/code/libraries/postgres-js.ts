import { isNothing } from './library.ts';
import type { Given, Library } from './library.ts';

/**
 * postgres.js: `postgres(url, options)` or `postgres(options)`; the first argument is the options unless it is a string,
 * a URL or nothing (postgres 3.4.9 src/index.js parseOptions: `const o = (!a || typeof a === 'string' ? b : a) || {}`).
 */
export const postgresJs: Library = {
  driver: 'postgres.js',
  modules: { postgres: [''], 'deno.land/x/postgresjs': [''] },
  read([first, second]): readonly Given[] {
    const options = second === undefined || isNothing(second.value) ? undefined : second.value;
    if (first === undefined || isNothing(first.value)) return [{ string: null, options }];
    if (first.text !== undefined) return [{ string: first.text, options }];
    if (first.value.kind === 'object') return [{ string: null, options: first.value }];
    return [{ string: 'hidden', options }];
  },
};
