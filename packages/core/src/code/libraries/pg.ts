import type { MappedText } from '../../text.ts';
import { propertyOf } from '../../value.ts';
import { isNothing } from './library.ts';
import type { Given, Library } from './library.ts';

/**
 * node-postgres: `new Pool(options)`, `new Client(options | string)`; `options.connectionString` is read over the rest
 * (pg 8.23.1 lib/connection-parameters.js:52-60). `pg.native` is another driver (libpq) and is not read here.
 */
export const pg: Library = {
  driver: 'node-postgres',
  modules: { pg: ['Pool', 'Client'], 'pg-pool': [''] },
  read([argument], textOf): Given {
    if (argument === undefined || isNothing(argument.value)) return { string: null, options: undefined };
    const { value, text } = argument;
    if (text !== undefined) return { string: unlessBareName(text), options: undefined };
    if (value.kind !== 'object') return { string: 'hidden', options: undefined };
    const connectionString = propertyOf(value, 'connectionString');
    if (connectionString === undefined) return { string: value.open ? 'hidden' : null, options: value };
    if (isNothing(connectionString)) return { string: null, options: value };
    const written = textOf(connectionString);
    return { string: written === undefined ? 'hidden' : unlessBareName(written), options: value };
  },
};

/** One word is the name of a database on the default host (pg-connection-string 2.14.1 index.js: `new URL(str, 'postgres://base')`). */
function unlessBareName(text: MappedText): MappedText | null {
  return /^[\w-]{1,63}$/.test(text.text) ? null : text;
}
