import type { ServerSetting } from '../../server.ts';
import type { Comment } from '../../site.ts';
import { commentsOver } from '../tree/comments.ts';
import type { Includes } from '../kind.ts';
import { withIncludes } from './conf-includes.ts';
import { readWithIncludes } from './hba-includes.ts';
import { isHba, parseHba, readHba } from './pg-hba.ts';
import { areOfPostgresql, parsePostgresqlConf, readParameters } from './postgresql-conf.ts';

/** A file of PostgreSQL's own, read. */
export interface ServerFile {
  readonly kind: 'hba' | 'parameters';
  readonly servers: readonly ServerSetting[];
  readonly comments: readonly Comment[];
}

/** Statements of templates: they may leave out what stands between them. */
const STATEMENT = /\{%|<%|\{\{-?[ \t]*(?:if|with|range|else|end)\b/;

/** Reads postgresql.conf and pg_hba.conf, by their names or by what stands in them; `null` for any other file. */
export function readServerFile(path: string, text: string, includes?: Includes): ServerFile | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (!name.includes('.conf')) return null;
  const unsure = STATEMENT.test(text);
  if (name.includes('hba') || (/^[ \t]*(?:local|host|hostssl|hostnossl)[ \t]/m.test(text) && isHba(text))) {
    const { entries, comments, parts } = parseHba(text);
    const servers = includes === undefined ? readHba(entries, 'PostgreSQL', unsure) : readWithIncludes(path, entries, unsure, includes);
    return { kind: 'hba', servers, comments: commentsOver(text, comments, parts) };
  }
  if (!name.includes('postgres') && !/^[ \t]*ssl/m.test(text)) return null;
  const { entries, comments, parts } = parsePostgresqlConf(text);
  if (!name.includes('postgres') && !areOfPostgresql(entries)) return null;
  return { kind: 'parameters', servers: readParameters(includes === undefined ? entries : withIncludes(path, entries, includes), 'PostgreSQL', unsure), comments: commentsOver(text, comments, parts) };
}
