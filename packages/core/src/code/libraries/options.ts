import { entryOf, propertyOf } from '../../value.ts';
import { type Shape, stringOf } from './library.ts';

/** What else says of an object whose it is: then that one reads it, or it is another database's. */
const NAMED = ['dialect', 'client', 'type', 'driver', 'adapter', 'engine', 'provider', 'protocol'];

/**
 * Options of a driver that are given to no call that is seen: a function returns them, a class of another file takes them
 * (`{ connectionString, ssl }`, `{ host, database, ssl }`). Whose they are, the manifest says. Only in a file that is about
 * PostgreSQL, and only where TLS is spoken of.
 */
export const options: Shape = {
  names: ['connectionString', 'database'],
  beside: ['ssl'],
  read(object, look) {
    const has = (name: string): boolean => entryOf(object, name) !== undefined;
    if (!look.isAboutPostgres || NAMED.some(has) || !(has('connectionString') || (has('host') && has('database')))) return [];
    const string = stringOf(propertyOf(object, 'connectionString'), look);
    return typeof string === 'object' && string !== null && !/^(?:postgres|\$\{)/.test(string.text) ? [] : [{ string, options: object }];
  },
};
