import type { Site } from '../../../site.ts';
import type { Includes } from '../../kind.ts';
import type { Language } from '../language.ts';
import type { Literal } from '../scan.ts';
import type { Terms } from '../terms.ts';
import { mapsOfElixir } from './elixir.ts';
import { mapsOfGo } from './go.ts';
import { mapsOfPhp } from './php.ts';
import { mapsOfPython } from './python.ts';
import { mapsOfR } from './r.ts';
import { mapsOfRuby } from './ruby.ts';
import { mapsOfDotnet, mapsOfJvm, mapsOfRust } from './typed.ts';

/** What finds connections that a language describes by names, by the first of its extensions. */
type Finder = (terms: Terms, literals: readonly Literal[], path: string, includes: Includes | undefined) => readonly Site[];

const FINDERS: Readonly<Record<string, Finder>> = {
  go: mapsOfGo,
  py: mapsOfPython,
  ex: (terms, _, path, includes) => mapsOfElixir(terms, path, includes),
  php: mapsOfPhp,
  r: mapsOfR,
  rb: mapsOfRuby,
  cs: mapsOfDotnet,
  rs: mapsOfRust,
  java: mapsOfJvm,
  kt: mapsOfJvm,
};

/** Connections of maps, arguments and setters: `psycopg.connect(host=…, sslmode=…)`, Django's DATABASES, Ecto's configuration. */
export function mapsIn(language: Language, terms: Terms, literals: readonly Literal[], path: string, includes: Includes | undefined): readonly Site[] {
  return FINDERS[language.extensions[0] ?? '']?.(terms, literals, path, includes) ?? [];
}
