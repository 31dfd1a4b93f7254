import { propertyOf } from '../../value.ts';
import { type Argument, type Given, type Library, type Look, databaseOf, isNothing, stringOf } from './library.ts';

/**
 * Bun's SQL: `new SQL(url, options)`, `new SQL(options)` with the string as their `url`, from 'bun' or of the global `Bun`. It
 * speaks to MySQL and SQLite too, by `adapter`, else by the URL's scheme (Bun 1.4.5 internal/sql/options.ts parseOptions()).
 */
export const bun: Library = {
  driver: 'bun',
  modules: { bun: ['SQL'] },
  read: given,
};

function given([first, second]: readonly Argument[], look: Look): readonly Given[] {
  if (first === undefined) return [];
  const isObject = first.value.kind === 'object';
  const options = isObject ? first.value : second === undefined || isNothing(second.value) ? undefined : second.value;
  const string = stringOf(isObject ? propertyOf(first.value, 'url') : first.value, look);
  const adapter = databaseOf(options, 'adapter', look);
  const isOther = adapter === 'other' || (adapter === 'unsaid' && typeof string === 'object' && string !== null && !/^(?:postgres|\$\{)/.test(string.text));
  return isOther ? [] : [{ string, options }];
}
