import { dirname, resolvePath } from '../../paths.ts';
import type { Includes } from '../kind.ts';
import { parsePostgresqlConf, type Parameter } from './postgresql-conf.ts';

// `include`, `include_if_exists` and `include_dir`: what those files say counts as if it stood there
// (https://www.postgresql.org/docs/current/config-setting.html#CONFIG-INCLUDES). A file that is included is read by itself
// as well, so that findings stand where their line does: here others' lines only void earlier ones.

/** Files deeper in each other are refused by PostgreSQL as well (conffiles.h, CONF_FILE_MAX_DEPTH). */
const MAX_DEPTH = 10;
/** So many files are opened for one; real ones need three. */
const MAX_FILES = 50;

/** The parameters of a file with those of the files that it includes, in the order in which they count. */
export function withIncludes(path: string, parameters: readonly Parameter[], includes: Includes): readonly Parameter[] {
  const budget = { left: MAX_FILES };
  const spread = (from: string, all: readonly Parameter[], depth: number): readonly Parameter[] =>
    all.flatMap((parameter) => {
      const { name, value } = parameter;
      if (!/^include(?:_if_exists|_dir)?$/.test(name)) return [depth === 0 ? parameter : { ...parameter, elsewhere: true as const }];
      const target = resolvePath(dirname(from), value.text);
      const files = name === 'include_dir' ? (includes.list?.(target) ?? []).filter((file) => file.endsWith('.conf') && !file.startsWith('.')).toSorted().map((file) => resolvePath(target, file)) : [target];
      return files.flatMap((file) => {
        if (depth >= MAX_DEPTH || budget.left-- <= 0) return [];
        const text = includes.read(file);
        return text === null || text.length > 1_000_000 ? [] : spread(file, parsePostgresqlConf(text).entries, depth + 1);
      });
    });
  const own = path.replaceAll('\\', '/');
  // What ALTER SYSTEM wrote is read last (guc-file.l, ProcessConfigFileInternal), in the folder of the data; where that is this one.
  const auto = /(?:^|\/)postgresql\.conf$/.test(own) ? includes.read(resolvePath(dirname(own), 'postgresql.auto.conf')) : null;
  return [...spread(own, parameters, 0), ...(auto === null ? [] : parsePostgresqlConf(auto).entries.map((parameter) => ({ ...parameter, elsewhere: true as const })))];
}
