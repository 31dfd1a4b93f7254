import type { Admits, ServerSetting } from '../../server.ts';
import type { MappedText, Span } from '../../text.ts';
import { clientsFrom, holds, rangeOf, type Range } from './clients.ts';
import { comment, linesOf, type Line, type Lines } from './lines.ts';
import { setting } from './said.ts';

// The grammar and what each word means: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html, and
// src/backend/libpq/hba.c (next_token, parse_hba_line).

/** A word of a line. */
interface Word {
  readonly text: string;
  /** Between quotes keywords lose their meaning. */
  readonly quoted: boolean;
  readonly span: Span;
}

/** Words with commas between them: one column. */
type Field = readonly Word[];

/** One line of pg_hba.conf. */
export interface HbaLine {
  readonly fields: readonly Field[];
  readonly span: Span;
}

/** Takes pg_hba.conf apart. Never fails: what PostgreSQL refuses is a line like others here, and means nothing later. */
export function parseHba(text: string): Lines<HbaLine> {
  const entries: HbaLine[] = [];
  const comments: Lines<HbaLine>['comments'][number][] = [];
  for (const line of linesOf(text, true)) {
    const { fields, end } = fieldsOf(text, line);
    const start = fields[0]?.[0]?.span.start;
    if (start !== undefined) entries.push({ fields, span: { start, end: fields.at(-1)?.at(-1)?.span.end ?? end } });
    if (end < line.end) comments.push(comment(end, line.end));
  }
  return { entries, comments, parts: entries.map(({ span }) => span) };
}

/** The lines of a text that stands in another one, with their places in the source. */
export function linesIn(text: MappedText): readonly HbaLine[] {
  return parseHba(text.text).entries.map(({ fields, span }) => ({ span: text.toSource(span), fields: fields.map((field) => field.map((word) => ({ ...word, span: text.toSource(word.span) }))) }));
}

/** The columns of a line; `end` is where its comment begins. */
function fieldsOf(text: string, line: Line): { fields: Field[]; end: number } {
  const fields: Word[][] = [];
  const blank = /(?:[ \t]|\\\r?\n)*/y;
  const word = /(?:"[^"\r\n]*"?|[^\s,"#])+/y;
  let goesOn = false;
  for (let at = line.start; ; ) {
    blank.lastIndex = at;
    blank.exec(text);
    at = blank.lastIndex;
    if (at >= line.end || text[at] === '#') return { fields, end: Math.min(at, line.end) };
    if (text[at] === ',') {
      goesOn = true;
      at++;
      continue;
    }
    word.lastIndex = at;
    const raw = word.exec(text)?.[0] ?? text.charAt(at);
    const found: Word = { text: raw.replaceAll('"', ''), quoted: raw.startsWith('"'), span: { start: at, end: at + raw.length } };
    if (goesOn && fields.length > 0) fields.at(-1)?.push(found);
    else fields.push([found]);
    goesOn = false;
    at += raw.length;
  }
}

/** What a line matches and does. */
export interface Rule {
  readonly type: Word;
  readonly databases: Field;
  readonly users: Field;
  /** As written: an address, `all`, `samehost`, a name. */
  readonly address: string;
  readonly mask: string | null;
  readonly range: Range | null;
  readonly method: Word;
}

/** Types of lines that match connections without TLS. `hostgssenc` does not: GSSAPI encrypts. */
const TYPES: readonly string[] = ['host', 'hostnossl', 'hostnogssenc'];

/** Every method there is (hba.c, UserAuthName). */
const METHODS = ['reject', 'trust', 'ident', 'password', 'gss', 'sspi', 'peer', 'md5', 'scram-sha-256', 'pam', 'bsd', 'ldap', 'cert', 'radius', 'oauth'];

/** Methods for which the client sends its password as it is (src/backend/libpq/auth.c, AUTH_REQ_PASSWORD). */
const CLEARTEXT: readonly string[] = ['password', 'ldap', 'pam', 'bsd', 'radius'];

/** What a line says; `null` where PostgreSQL refuses it, or it is no rule. */
export function ruleOf({ fields }: HbaLine): Rule | null {
  const [[type] = [], databases, users, [address] = [], ...rest] = fields;
  if (type === undefined || databases === undefined || users === undefined || address === undefined) return null;
  // An address and a mask are two columns.
  const masked = /^[\d.]+$|^[\da-f:.]+$/i.test(rest[0]?.[0]?.text ?? '') && /^[\da-f:.]+$/i.test(address.text) ? rest.shift()?.[0]?.text : undefined;
  const method = rest[0]?.[0];
  if (method === undefined || !METHODS.includes(method.text)) return null;
  const mask = masked ?? null;
  return { type, databases, users, address: address.quoted && address.text === 'all' ? '"all"' : address.text, mask, range: address.text === 'all' && !address.quoted ? '' : rangeOf(address.text, mask), method };
}

/** Whether a file says nothing but what stands in pg_hba.conf. */
export function isHba(text: string): boolean {
  const { entries } = parseHba(text);
  const known = entries.filter((line) => /^(?:local|host(?:no)?(?:ssl|gssenc)?|include(?:_dir|_if_exists)?)$/.test(line.fields[0]?.[0]?.text ?? ''));
  return known.length === entries.length && entries.some((line) => ruleOf(line) !== null || /^local$/.test(line.fields[0]?.[0]?.text ?? ''));
}

/** How many lines that may shut later ones out are remembered: more would make the time grow with the square of the lines. */
const REMEMBERED = 200;

/** The lines that match what comes without TLS: the first that does decides. */
export class Earlier {
  readonly #rules: Rule[] = [];

  /** Whether no connection without TLS gets as far as this line. */
  shuts(rule: Rule): boolean {
    const holding = (range: Range | null): boolean => this.#rules.some((earlier) => {
      const reaches = (range !== null && earlier.range !== null && holds(earlier.range, range)) || (range === rule.range && earlier.address === rule.address && earlier.mask === rule.mask);
      return reaches && covers(earlier.databases, rule.databases, false) && covers(earlier.users, rule.users, true);
    });
    // `0.0.0.0/0` and `::/0` are all that there is.
    return holding(rule.range) || (rule.range === '' && holding('4:') && holding('6:'));
  }

  /** Remembers all that another does. */
  takeOver(other: Earlier): void {
    for (const rule of other.#rules) this.add(rule);
  }

  /** Remembers a line, if it matches what comes without TLS. */
  add(rule: Rule): void {
    if (!TYPES.includes(rule.type.text) || rule.method.text === 'cert') return;
    if (this.#rules.length < REMEMBERED) this.#rules.push(rule);
  }
}

/** Whether a column holds all that another does. `all` are all databases but `replication`. */
function covers(outer: Field, inner: Field, users: boolean): boolean {
  // Lists of thousands of names are compared by nobody.
  if (outer.length * inner.length > 10_000) return false;
  const all = outer.some(({ text, quoted }) => text === 'all' && !quoted);
  const isSame = (a: Word, b: Word): boolean => a.text === b.text && a.quoted === b.quoted;
  return inner.every((word) => (all && (users || word.quoted || word.text !== 'replication')) || outer.some((known) => isSame(known, word)));
}

/** What each line makes of clients from the network, in their order; `earlier` are lines before them, and `include` is told of each line that is no rule. */
export function readHba(lines: readonly HbaLine[], product: string, unsure = false, earlier = new Earlier(), include?: (line: HbaLine) => void): readonly ServerSetting[] {
  return lines.flatMap((line): readonly ServerSetting[] => {
    const rule = ruleOf(line);
    if (rule === null) {
      include?.(line);
      return [];
    }
    const { type, method, databases } = rule;
    const clients = clientsFrom(rule.address, rule.mask);
    const database = databases.length === 1 && databases[0]?.text === 'all' ? null : databases.map(({ text }) => text).join(',');
    const said = { product, key: null, span: type.span, whole: { start: line.span.start, end: method.span.end }, clients, database, unsure, byAddress: true as const };
    if (type.text === 'hostssl' && method.text !== 'reject') return [setting({ ...said, weakest: 'require', strongest: 'require' })];
    // `cert` is only taken behind hostssl (hba.c: the file is refused otherwise).
    if (!TYPES.includes(type.text) || method.text === 'cert') return [];
    const isShut = earlier.shuts(rule);
    earlier.add(rule);
    if (isShut || method.text === 'reject') return [];
    const mode = type.text === 'hostnossl' ? 'disable' : 'prefer';
    return [setting({ ...said, weakest: mode, strongest: mode, ...admission(type.text, method.text) })];
  });
}

function admission(type: string, method: string): Pick<ServerSetting, 'admits' | 'because' | 'remedy'> {
  const only = type === 'hostnossl';
  const takes = only ? '`hostnossl` takes only those that come without TLS' : `\`${type}\` takes those that come without TLS as well`;
  const admits: Admits = method === 'trust' ? 'anybody' : CLEARTEXT.includes(method) ? 'plaintext-passwords' : only ? 'only-plaintext' : 'plaintext';
  const asks = method === 'trust' ? ', and `trust` asks for nothing' : CLEARTEXT.includes(method) ? `, and \`${method}\` has the password sent as it is` : '';
  const better = method === 'trust' || method === 'password' ? `, and \`scram-sha-256\` instead of \`${method}\`` : '';
  return { admits, because: `${takes}${asks}`, remedy: `Write \`hostssl\` instead of \`${type}\`${better}.` };
}
