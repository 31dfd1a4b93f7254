import type { FileKind } from '../kind.ts';
import { SOURCE } from './needles.ts';

/** What the languages of languages.ts are called; here, for who meets none should not load them. */
const NAME = /\.(?:go|pyw?|java|kts?|scala|sc|sbt|groovy|gvy|gradle|clj|cljc|edn|cs|csx|cshtml|razor|fsx?|vb|rb|rake|ru|gemspec|php|phtml|inc|rs|exs?|h?eex|swift|dart|c|h|cc|cpp|cxx|hpp|hh|mm?|pl|pm|t|r|jl|lua|hs|elm|p?sql|pgsql|ps[md]?1)$/;

/** Programs in any language but JavaScript and TypeScript. */
export const source: FileKind = {
  id: 'source',
  matches: (name) => NAME.test(name),
  needles: SOURCE,
  async load() {
    return (await import('./reader.ts')).readSource;
  },
};
