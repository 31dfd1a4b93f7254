import type { Site } from '../../../site.ts';
import type { Value } from '../../../value.ts';
import type { Literal } from '../scan.ts';
import { argumentOf, type Terms } from '../terms.ts';
import { sitesOfEntries, type Shape } from './site.ts';

/** By the `driver` that an array names: Laravel's config/database.php, Doctrine's parameters (doctrine-project.org/projects/doctrine-dbal/en/4.2/reference/configuration.html). */
const SHAPES: Readonly<Record<string, Shape>> = {
  pgsql: { driver: 'laravel', names: { database: 'dbname', username: 'user' }, takesParameters: false, strings: ['url'] },
  pdo_pgsql: { driver: 'doctrine', takesParameters: false, strings: ['url'] },
};

/** Arrays that configure a connection: the one around each `'driver' => 'pgsql'`. */
export function mapsOfPhp(terms: Terms, literals: readonly Literal[]): readonly Site[] {
  const isUsed = defaultOf(terms);
  return literals.flatMap(({ value, span, within }) => {
    const shape = Object.hasOwn(SHAPES, value.text) ? SHAPES[value.text] : undefined;
    const open = within.at(-1);
    if (shape === undefined || open === undefined || !/["']driver["']\s*=>\s*$/.test(terms.text.slice(Math.max(0, span.start - 40), span.start))) return [];
    const array = terms.argumentsAt(open);
    if (array === null || !isUsed(terms.text.slice(Math.max(0, open - 80), open))) return [];
    const entries = array.entries.filter(({ name, value: url }) => name !== 'driver' && (name !== 'url' || url.kind !== 'hidden'));
    return sitesOfEntries(entries, shape, terms, array.span, { open: array.open });
  });
}

/** Laravel's file lists a connection of every kind; the one that `default` names is used. The text before an array ends with its name. */
function defaultOf(terms: Terms): (before: string) => boolean {
  const [match] = terms.matches(/["']default["']\s*=>\s*/g);
  const written = match === undefined ? undefined : valueBehind(terms, match);
  const name = written?.kind === 'literal' ? String(written.value) : written === undefined ? undefined : terms.fallbackOf(written)?.text;
  return (before) => name === undefined || (/["']([\w-]+)["']\s*=>\s*(?:array\s*)?$/.exec(before)?.[1] ?? name) === name;
}

function valueBehind(terms: Terms, match: RegExpExecArray): Value | undefined {
  return argumentOf(terms.argumentsFrom(match.index), 'default');
}
