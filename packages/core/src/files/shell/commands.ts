import type { Setting } from '../../settings/setting.ts';
import type { Site } from '../../site.ts';
import type { MappedText, Span } from '../../text.ts';
import { isDynamic } from '../expand.ts';

/** PostgreSQL's own programs that connect (https://www.postgresql.org/docs/current/reference-client.html); all take the same options and are libpq's. */
const PROGRAMS = /(?:^|\/)(?:psql|pg_dump|pg_dumpall|pg_restore|pgbench|pg_basebackup|pg_receivewal|pg_recvlogical|pg_amcheck|createdb|dropdb|createuser|dropuser|clusterdb|reindexdb|vacuumdb|vacuumlo|pgcli)$/;

/** Their options that say where a connection goes. */
const OPTIONS: Readonly<Record<string, 'host' | 'port' | 'user' | 'dbname'>> = { h: 'host', p: 'port', U: 'user', d: 'dbname', '-host': 'host', '-port': 'port', '-username': 'user', '-dbname': 'dbname' };

/** Other options that take a value, which is no name of a database. */
const WITH_VALUE = /^-(?:[cfovFPRTlLjEtnNSXZUWDrs]|-(?:command|file|output|set|variable|field-separator|pset|record-separator|log-file|format|jobs|schema|table|role|encoding|compress))$/;

/** A word of a command, references to known variables filled in. */
export interface Argument {
  readonly value: MappedText;
  readonly span: Span;
}

/** Whether a command is one of PostgreSQL's own, and where its options begin; -1 for none. */
export function programAt(words: readonly Argument[]): number {
  return words.findIndex(({ value }) => value.text.length < 100 && PROGRAMS.test(value.text));
}

/** The connection of `psql -h db.example.net -d app`; `null` where no host is given, or a connection string is. */
export function optionsSite(words: readonly Argument[], program: number, environment: readonly Setting[], key: string | null): Site | null {
  const members: Setting[] = [];
  for (let index = program + 1; index < words.length; index++) {
    const word = words[index];
    const next = words[index + 1];
    if (word === undefined) break;
    const { text } = word.value;
    const long = /^-(-[a-z-]+)=/.exec(text);
    const short = /^-([hpUd])(?=.)/.exec(text);
    const alone = /^-([hpUd]|-[a-z-]+)$/.exec(text)?.[1] ?? '';
    if (long?.[1] !== undefined && Object.hasOwn(OPTIONS, long[1])) members.push(member(long[1], word.value.slice(long[0].length, text.length), word.span));
    else if (short?.[1] !== undefined) members.push(member(short[1], word.value.slice(2, text.length), word.span));
    else if (Object.hasOwn(OPTIONS, alone) && next !== undefined) {
      members.push(member(alone, next.value, { start: word.span.start, end: next.span.end }));
      index++;
    } else if (WITH_VALUE.test(text)) index++;
  }
  const host = members.find(({ name }) => name === 'host');
  if (host === undefined || members.some(({ name, value }) => name === 'dbname' && value !== null && /[=:]/.test(value))) return null;
  return { form: 'group', key, span: host.span, string: null, members, environment, options: undefined, driver: null, hints: ['libpq'], condition: null, unparsed: false };
}

function member(option: string, value: MappedText, whole: Span): Setting {
  return { name: OPTIONS[option] ?? option, key: `-${option}`, value: isDynamic(value.text) ? null : value.text, place: 'string', span: value.span, whole };
}
