import { dirname, resolvePath } from '../../paths.ts';
import type { ServerSetting } from '../../server.ts';
import type { Includes } from '../kind.ts';
import { Earlier, parseHba, readHba, ruleOf, type HbaLine } from './pg-hba.ts';

// `include`, `include_if_exists` and `include_dir` (PostgreSQL 16): the lines of those files count as if they stood there
// (https://www.postgresql.org/docs/current/auth-pg-hba-conf.html). A file that is included is read by itself as well, so
// that findings stand where their line does: here others' lines only shut later ones out.

/** Files deeper in each other are refused by PostgreSQL as well (conffiles.h, CONF_FILE_MAX_DEPTH). */
const MAX_DEPTH = 10;
/** So many files are opened for one; real ones need three. */
const MAX_FILES = 50;

/** What each line of a file makes of clients, with the lines of files that it includes, and of those that include it, before it. */
export function readWithIncludes(path: string, lines: readonly HbaLine[], unsure: boolean, includes: Includes): readonly ServerSetting[] {
  const budget = { left: MAX_FILES };
  const own = path.replaceAll('\\', '/');
  const earlier = new Earlier();
  const name = own.slice(own.lastIndexOf('/') + 1);
  if (name !== 'pg_hba.conf') includedBy(own, includes, earlier, budget);
  return readHba(lines, 'PostgreSQL', unsure, earlier, (line) => void include(line, own, { includes, earlier, budget, until: null }, 1));
}

/** Adds what stands before this file in the pg_hba.conf beside it, or in the folder above, that includes it. */
function includedBy(path: string, includes: Includes, earlier: Earlier, budget: { left: number }): void {
  const folder = dirname(path);
  for (const main of [resolvePath(folder, 'pg_hba.conf'), resolvePath(dirname(folder), 'pg_hba.conf')]) {
    const before = new Earlier();
    if (addFile(main, { includes, earlier: before, budget, until: path }, 0)) {
      earlier.takeOver(before);
      return;
    }
  }
}

interface Walk {
  readonly includes: Includes;
  readonly earlier: Earlier;
  readonly budget: { left: number };
  /** The file to stop at. */
  readonly until: string | null;
}

/** Adds the lines of a file; true where it came to the file to stop at. */
function addFile(path: string, walk: Walk, depth: number): boolean {
  if (depth > MAX_DEPTH || walk.budget.left <= 0) return false;
  walk.budget.left--;
  const text = walk.includes.read(path);
  if (text === null || text.length > 1_000_000) return false;
  return parseHba(text).entries.some((line) => {
    const rule = ruleOf(line);
    if (rule === null) return include(line, path, walk, depth + 1);
    walk.earlier.add(rule);
    return false;
  });
}

/** Adds what an `include` brings; true where it came to the file to stop at. */
function include({ fields }: HbaLine, from: string, walk: Walk, depth: number): boolean {
  const directive = fields[0]?.[0]?.text;
  const target = fields[1]?.[0]?.text;
  if (target === undefined || !/^include(?:_if_exists|_dir)?$/.test(directive ?? '')) return false;
  const path = resolvePath(dirname(from), target);
  const files = directive === 'include_dir' ? (walk.includes.list?.(path) ?? []).filter((name) => name.endsWith('.conf') && !name.startsWith('.')).toSorted().map((name) => resolvePath(path, name)) : [path];
  return files.some((file) => file === walk.until || addFile(file, walk, depth));
}
