import type { ServerSetting } from '../../server.ts';
import type { Setting } from '../../settings/setting.ts';
import type { Bypass, Site } from '../../site.ts';
import { MappedText, type Span } from '../../text.ts';
import type { Hint } from '../applications.ts';
import { append } from '../append.ts';
import { endOfLine, nextLine, type RawComment } from '../entry.ts';
import { expand, isDynamic, type Expansion } from '../expand.ts';
import { isDriverVariable, isTlsVariable } from '../group.ts';
import { readScope, withoutAbsorbed, type Variable } from '../scope.ts';
import { wholeOf } from '../tree/tree.ts';
import { serversWritten } from '../servers/scripts.ts';
import { variablesOf } from '../variables.ts';
import { optionsSite, programAt, type Argument } from './commands.ts';
import { parseShell, type Command } from './parse.ts';
import { writtenIn, type Written } from './written.ts';

/** What is around a script. */
export interface Around {
  /** Variables in force in it. */
  readonly inherited: readonly Variable[];
  /** Path of the key that it stands under; empty for none. */
  readonly path: string;
  readonly hints: readonly Hint[];
  readonly budget: Expansion['budget'];
}

/** What is found in a script. */
export interface ScriptReading {
  readonly sites: readonly Site[];
  readonly bypasses: readonly Bypass[];
  readonly comments: readonly RawComment[];
  /** Commands and assignments, for what comments cover. */
  readonly parts: readonly Span[];
  readonly written: Written;
  readonly servers: readonly ServerSetting[];
}

/** What a command must hold to be looked at: the rest of a script costs nothing. */
const MAY_HOLD = /postgres|pgsql|jdbc:|cockroach|redshift|sslmode|(?:host|service|dbname|database)=|(?:ur[il]|dsn)=["']?\$\{\w+\}\/|tls_reject|PG[A-Z]|psql|pg_|pgbench|pgcli|(?:create|drop)(?:db|user)|(?:cluster|reindex|vacuum)db|vacuumlo/i;

/** Finds the connections in a stretch of the source that is a shell script: its variables, its commands, its here-documents. */
export function readScript(text: string, range: Span, around: Around): ScriptReading {
  const script = parseShell(text, range);
  const { hints, path, budget } = around;
  const sites: Site[] = [];
  const bypasses: Bypass[] = [];
  const read = (variables: readonly Variable[], inherited: readonly Variable[], command: readonly Hint[] | null = null): void => {
    const found = readScope({ variables, inherited, path, bareNames: false, hints: command ?? hints, servers: new Map(), unparsed: false });
    // A command connects once: its string says where to, not the variables around.
    const isOne = command !== null && found.sites.some(({ string }) => string !== null);
    append(sites, found.sites.filter(({ form, members }) => !isOne || form !== 'group' || members.length > 0));
    append(bypasses, found.bypasses);
  };
  const variables = variablesOf(script.variables, budget, true).map((variable) => ({ ...variable, path: join(path, variable.name) }));
  const last = new Map(variables.map((variable) => [variable.name, variable]));
  read([...last.values()].sort((a, b) => a.span.start - b.span.start), around.inherited);
  // Another branch of the script may give another value.
  for (const variable of variables) if (last.get(variable.name) !== variable) read([{ ...variable }], []);

  const inForce = new Map([...around.inherited, ...last.values()].map((variable) => [variable.name, variable]));
  const lookup = (name: string): string | undefined => {
    const value = inForce.get(name)?.value;
    return value === undefined || value === 'hidden' || isDynamic(value.text) ? undefined : value.text;
  };
  const known = [...inForce.values()].filter(({ name }) => isDriverVariable(name) || isTlsVariable(name));
  for (const command of script.commands) {
    if (!MAY_HOLD.test(text.slice(command.span.start, command.span.end))) continue;
    const found = ofCommand(text, command, around, known, lookup);
    append(sites, found.sites);
    if (found.variables.length > 0) read(found.variables, known, found.hints);
  }
  for (const document of script.documents) {
    if (MAY_HOLD.test(text.slice(document.start, document.end))) read(linesOf(text, document, path), []);
  }
  const parts = [...script.commands.map(({ span }) => span), ...script.entries.map(({ whole }) => whole)];
  return { sites: withoutAbsorbed(sites), bypasses, comments: script.comments, parts, written: writtenIn(text, parts, script.documents), servers: serversWritten(text, range, script) };
}

/** The connection that a command of PostgreSQL's makes, and its words as variables. */
function ofCommand(
  text: string,
  command: Command,
  around: Around,
  known: readonly Variable[],
  lookup: Expansion['lookup'],
): { readonly sites: readonly Site[]; readonly variables: readonly Variable[]; readonly hints: readonly Hint[] } {
  const { path, budget } = around;
  const own = variablesOf(command.assignments, budget, true, lookup).map((variable) => ({ ...variable, path: join(path, variable.name) }));
  const words = command.words.map(({ value, literal, span }): Argument => ({ value: expand(value, { lookup, escape: '\\$', budget, braces: true, literal }), span }));
  const program = programAt(words);
  const tls = [...known, ...own].filter(({ name }) => isTlsVariable(name));
  const site = program < 0 ? null : optionsSite(words, program, settingsOf(tls), path === '' ? null : path);
  const named = words.map(({ value, span }) => wordVariable(text, value, span, path));
  const hints = program < 0 ? around.hints : (['libpq'] as const);
  if (site !== null) return { sites: [site], variables: named.filter(({ name }) => !isDriverVariable(name)), hints };
  // A password or a user alone is no connection of its own.
  const isTelling = own.some(({ name }) => !isDriverVariable(name) || isTlsVariable(name) || /^PG(?:HOST|HOSTADDR|SERVICE)$/.test(name));
  return { sites: [], variables: [...(isTelling ? own : []), ...named], hints };
}

/** `NAME=value` and `--option=value` under their names, any other word without one. */
function wordVariable(text: string, value: MappedText, span: Span, path: string): Variable {
  const whole = wholeOf(text, span.start, span.end);
  const named = /^(?:--?[\w-]+=)?([A-Za-z_][\w.]{0,100})=/.exec(value.text.slice(0, 200)) ?? /^--?([A-Za-z][\w-]{0,100})=/.exec(value.text.slice(0, 200));
  // A keyword/value string begins like one.
  if (named?.[1] === undefined || /^\S+\s+\w+=/.test(value.text)) return { name: '', path, value, span: value.span, whole };
  const inner = value.slice(named[0].length, value.text.length);
  return { name: named[1], path: join(path, named[1]), value: inner, span: inner.span, whole };
}

/** The lines of a text of which nothing is known: `NAME=value`, `NAME: value`, or only text. */
export function linesOf(text: string, range: Span, path: string): readonly Variable[] {
  const variables: Variable[] = [];
  for (let at = range.start; at < range.end; ) {
    const end = Math.min(range.end, endOfLine(text, at));
    const line = text.slice(at, end);
    const named = /^\s*(?:export\s+|-\s+)?(["']?)([A-Za-z_][\w.-]{0,100})\1\s*(?:=|:(?=\s))\s*(["']?)/.exec(line);
    const name = named !== null && !/^\s*[a-z]+=\S+\s+\w+=/.test(line) ? (named[2] ?? '') : '';
    const start = at + (name === '' ? 0 : (named?.[0].length ?? 0));
    const quote = name === '' ? '' : (named?.[3] ?? '');
    const close = quote === '' ? -1 : text.lastIndexOf(quote, end);
    const value = MappedText.verbatim(text, start, close > start ? close : Math.max(start, end));
    if (value.text.trim() !== '' && !/^\s*#/.test(line)) variables.push({ name, path: join(path, name), value, span: value.span, whole: wholeOf(text, at, end) });
    at = nextLine(text, end);
  }
  return variables;
}

function settingsOf(variables: readonly Variable[]): readonly Setting[] {
  return variables.map(({ name, value, span, whole }) => ({ name, key: name, value: value === 'hidden' || isDynamic(value.text) ? null : value.text, place: 'environment', span, whole }));
}

function join(path: string, name: string): string {
  return path === '' || name === '' ? path + name : `${path}.${name}`;
}
