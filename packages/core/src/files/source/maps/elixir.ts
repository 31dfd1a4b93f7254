import { dirname, foldersUpward, joinPath } from '../../../paths.ts';
import type { Site } from '../../../site.ts';
import type { Entry } from '../../../value.ts';
import type { Includes } from '../../kind.ts';
import type { Arguments, Terms } from '../terms.ts';
import { sitesOfEntries, type Shape } from './site.ts';

/** hexdocs.pm/ecto/Ecto.Repo.html, "URLs" and "Shared options"; hexdocs.pm/postgrex, start_link(). */
const ECTO: Shape = { driver: 'ecto', names: { hostname: 'host', database: 'dbname', username: 'user' }, takesParameters: false, strings: ['url'], form: 'url' };
const POSTGREX: Shape = { ...ECTO, driver: 'postgrex' };

/** `config :app, App.Repo, …`: all that a file says of one Repo is one configuration, unless it says twice where it leads. */
export function mapsOfElixir(terms: Terms, path: string, includes: Includes | undefined): readonly Site[] {
  const repos = new Map<string, Arguments[]>();
  for (const match of terms.matches(/^[ \t]*config\s+:\w{1,60}\s*,\s*([A-Z][\w.]{0,100}Repo\w{0,40})\s*,\s*/gm)) {
    const name = match[1] ?? '';
    repos.set(name, [...(repos.get(name) ?? []), terms.argumentsFrom(match.index + match[0].length)]);
  }
  const configured = repos.size === 0 || isOfOther(path, includes) ? [] : [...repos.values()].flatMap((all) => repo(all, terms));
  const started = [...terms.matches(/\bPostgrex\.start_link\s*(?=\()/g)].flatMap((match) => {
    const given = terms.argumentsAt(match.index + match[0].length);
    return given === null ? [] : sitesOfEntries(given.entries, POSTGREX, terms, given.span, { open: given.open });
  });
  return [...configured, ...started];
}

function repo(all: readonly Arguments[], terms: Terms): readonly Site[] {
  const leads = all.filter(({ entries }) => entries.some(({ name }) => name === 'url' || name === 'hostname'));
  const [only, ...more] = leads;
  const others = all.filter((each) => !leads.includes(each)).flatMap(({ entries }) => entries);
  const site = (entries: readonly Entry[], { span, open }: Arguments): readonly Site[] => {
    const adapter = entries.findLast(({ name }) => name === 'adapter');
    if (adapter !== undefined && !terms.text.slice(adapter.span.start, adapter.span.end).includes('Postgres')) return [];
    return sitesOfEntries(entries, ECTO, terms, span, { open });
  };
  // Branches of a condition say it differently (config/runtime.exs of teslamate).
  const says = others.filter(({ name }) => name === 'ssl');
  const rest = says.length < 2 ? others : others.map((entry) => (entry.name.startsWith("ssl") ? { ...entry, value: { kind: 'hidden' as const, span: entry.value.span } } : entry));
  return only === undefined ? [] : more.length === 0 ? site([...only.entries, ...rest], only) : leads.flatMap((each) => site(each.entries, each));
}

/** Whether the nearest mix.exs names a driver of another database, and none of PostgreSQL. */
function isOfOther(path: string, includes: Includes | undefined): boolean {
  if (includes === undefined) return false;
  const folder = dirname(path);
  const manifest = foldersUpward(folder, '/').slice(0, 6).map((at) => includes.read(joinPath(at, 'mix.exs'))).find((text) => text !== null) ?? '';
  return /:(?:myxql|mariaex|ecto_sqlite3|exqlite|tds|ecto_ch)\b/.test(manifest) && !/:postgrex\b/.test(manifest);
}
