import { parseString } from './settings/index.ts';
import { findTemplates, hideTemplates } from './settings/template.ts';
import type { Span } from './text.ts';

declare const safe: unique symbol;

/** Text that holds no secret. Findings, problems and reports take nothing else, and only this module makes it out of input. */
export type SafeText = string & { readonly [safe]: true };

/** Marks text that the program itself wrote. Never give it anything that came from input. */
export function ownText(text: string): SafeText {
  return text as SafeText;
}

/** What stands for a secret. */
const MASK = '***';

/** Names whose value is a secret. */
const SECRET_NAME =
  /pass(?:word|wd|phrase|code)?(?!file|[_-]?(?:file|path)|ive|enger|through|port)|pwd|psw|secret|token|credential|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|scram_(?:client|server)_key|signature|^auth$/i;
/** Names that say where a secret is, or how it is asked for: not what it is. */
const NO_SECRET_NAME = /file$|path$|^require_?auth$|^passfile$|_(?:method|type|encryption|policy|length|expiry|ttl)$/i;

/** A whole value that is only the name of what will be filled in: it shows where the secret comes from. */
const PLAIN_TEMPLATE =
  /^(?:\$\([A-Za-z_][\w.]*\)|\$\{\{\s*[A-Za-z_][\w.-]*\s*\}\}|\{\{-?\s*\.?[A-Za-z_][\w.-]*\s*-?\}\}|%\([A-Za-z_]\w*\)s|[#$]?\{[A-Za-z_][\w.]*\}|%[sdv])$/;

/** Controls, marks that change the direction of text, invisible characters, line separators, lone halves of pairs. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Makes what a terminal or a log could act upon harmless: white space becomes a space, the rest U+FFFD. As long as before. */
function neutralise(text: string): string {
  return text.replace(UNSAFE, (unit) => (unit >= '\t' && unit <= '\r' ? ' ' : '\uFFFD'.repeat(unit.length)));
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name);
}

/** Decodes percent-encoding as far as it can be. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/**
 * A text that is or may hold connection strings, with everything masked that is or may be a secret: passwords in URLs
 * (however they are encoded, or not encoded where they should be), the values of secret parameters in URLs,
 * keyword/value, ADO and JDBC strings, keys and tokens. Where the text is no well-formed string, too much is masked
 * rather than too little.
 */
export function redactString(text: string): SafeText {
  return masked(text, [...urlSecrets(text), ...settingSecrets(text), ...defaultSecrets(text), ...tokens(text)]);
}

/** A value that stands under a key: all of it is masked where the key says that it is a secret. */
export function redactValue(key: string, text: string): SafeText {
  if (isSecretName(key) && !PLAIN_TEMPLATE.test(text)) return (text === '' ? '' : MASK) as SafeText;
  return redactString(text);
}

/** A word of a TLS setting, right or misspelled, that may be shown; masked where it could be anything else. */
export function safeWord(text: string): SafeText {
  return (/^[\w.:/-]{0,40}$/.test(text) && !text.includes('://') && tokens(text).length === 0 ? text : MASK) as SafeText;
}

/** The longest name that is shown whole: a DNS name may have 253 characters, but none that a reader wants to see. */
const LONGEST_NAME = 120;

/** The name of a host, database or key, fit for a message: harmless, bounded, without a user and password before it. */
export function safeName(text: string): SafeText {
  const at = text.lastIndexOf('@');
  const bare = at === -1 ? text : `${MASK}@${text.slice(at + 1)}`;
  const shown = redactString(bare.length > LONGEST_NAME ? bare.slice(0, LONGEST_NAME) : bare);
  return (bare.length > LONGEST_NAME ? `${shown}…` : shown) as SafeText;
}

/** The text with these stretches masked, and harmless. */
function masked(text: string, secrets: readonly Span[]): SafeText {
  let shown = '';
  let at = 0;
  for (const { start, end } of secrets.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    // Touching or overlapping ones become one mask.
    if (start > at || at === 0) shown += neutralise(text.slice(at, start)) + MASK;
    at = end;
  }
  return (shown + neutralise(text.slice(at))) as SafeText;
}

/** `scheme://`, also percent-encoded in a parameter. */
const URL_START = /[a-z][a-z0-9+.-]{0,40}:(?:\/\/|%2F%2F)/gi;

/** A word with a colon, and an `@` behind it. */
const BARE_USERINFO = /^[^\s:@/?=]*:[^@]*@/;

/** Passwords in the userinfo of URLs. A URL ends where the next begins; what may still be a password is. */
function urlSecrets(text: string): Span[] {
  const starts = [...text.matchAll(URL_START)].map((match) => ({ at: match.index, from: match.index + match[0].length }));
  // `user:password@host` without a scheme.
  if (starts.length === 0 && BARE_USERINFO.test(text)) starts.push({ at: 0, from: 0 });
  return starts.flatMap(({ from }, index) => {
    const password = passwordIn(text.slice(from, starts[index + 1]?.at ?? text.length));
    return password === null ? [] : [{ start: from + password.start, end: from + password.end }];
  });
}

/** What may stand behind a server: the rest of a URL, or what a URL is embedded in. */
const BEHIND_SERVER = String.raw`(?=$|[/?,\s'"\`;)\]}<>])`;
/** One server. U+E000 stands for a template. */
const SERVER = new RegExp(String.raw`^(?:\[[0-9A-Fa-f:.%\uE000]+\]|[^\s:/?#@'"]*)(?::(?:[\d\uE000]*|\$\w+|%[sdv]))?${BEHIND_SERVER}`);
/** A colon of userinfo, also percent-encoded: then the user was meant to have it, or the whole was encoded by mistake. */
const COLON = /:|%3A/i;

/** Where the password stands in what follows `://`. */
function passwordIn(raw: string): Span | null {
  const rest = hideTemplates(raw, findTemplates(raw));
  const colon = COLON.exec(rest);
  if (colon === null) return null;
  const start = colon.index + colon[0].length;
  let end = endOfUserinfo(rest);
  if (end === -1) {
    // No `@`: host and port, most likely. A port that is no number may be a password whose `@host` is missing.
    if (SERVER.test(rest)) return null;
    const stop = rest.slice(start).search(/[/?,\s'"`]/);
    end = stop === -1 ? rest.length : start + stop;
  }
  return start >= end || PLAIN_TEMPLATE.test(raw.slice(start, end)) ? null : { start, end };
}

/**
 * Where userinfo ends; -1 for none. At the last `@`, wherever it stands, unless all is well-formed without it: people
 * leave an `@`, `/`, `?`, `#` or space in passwords as it is.
 */
function endOfUserinfo(rest: string): number {
  const last = rest.lastIndexOf('@');
  if (last === -1) return -1;
  const first = rest.search(/[/?]/);
  const at = first === -1 ? last : rest.lastIndexOf('@', first);
  const server = rest.slice(at + 1);
  return SERVER.test(server) && !server.slice(0, pathLength(server)).includes('@') ? at : last;
}

/** How far server and path go: to the parameters, if they look like some, or to the end of the word. */
function pathLength(rest: string): number {
  const end = rest.search(/\?[\w.%-]+=|[\s'"`]/);
  return end === -1 ? rest.length : end;
}

/** Secret settings: by the grammar where the text follows one, else by their names alone. */
function settingSecrets(text: string): Span[] {
  const parsed = parseString(text);
  if (parsed?.problem !== null) return namedSecrets(text);
  return parsed.settings.flatMap(({ name, key, span }) => {
    const { start, end } = span;
    const raw = text.slice(start, end);
    if (isSecretName(name) || isSecretName(key)) return raw === '' || PLAIN_TEMPLATE.test(raw) ? [] : [span];
    // `options=-c some.password=x`, and whatever a driver hands on.
    return namedSecrets(decoded(raw)).length > 0 ? [span] : [];
  });
}

/** A name with `=` behind it, or `: ` as in YAML, or `":` as in JSON. */
const NAMED = /(?<![\w%.-])([A-Za-z_%][\w%.-]*)(?:["']?[ \t]*=|["']:|:(?=[ \t"']))[ \t]*/g;

/** Names that begin another setting where they stand behind white space or a separator: they end a value that has no clear end. */
const NEXT_NAME =
  /[\s;&,](?:host|hostaddr|port|user|username|user id|uid|dbname|database|db|server|ssl ?mode|ssl\w+|root certificate|trust server certificate|application_name|connect_timeout|target_session_attrs|channel_binding|timezone|search[_ ]?path|pooling|timeout|options|client_encoding|gssencmode|(?:max|min)\w* ?pool ?size|pool_\w+)\s*=/gi;

/** Values of secret names, in a text of which nothing else is known. */
function namedSecrets(text: string): Span[] {
  const secrets: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(NAMED)) {
    const start = match.index + match[0].length;
    if (start < end || !isSecretName(decoded(match[1] ?? ''))) continue;
    end = endOfSecret(text, start);
    const raw = text.slice(start, end);
    if (raw !== '' && !PLAIN_TEMPLATE.test(raw)) secrets.push({ start, end });
  }
  return secrets;
}

/** Where a value ends that may be quoted, and may hold anything. */
function endOfSecret(text: string, start: number): number {
  const quote = text.charAt(start);
  let at = start;
  if (quote === "'" || quote === '"') {
    at += 1;
    while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
    // In JSON the quote is sure to be the end.
    if (quote === '"' && /^"\s*[,}\]]/.test(text.slice(at, at + 20))) return at + 1;
  }
  NEXT_NAME.lastIndex = at;
  const next = NEXT_NAME.exec(text);
  return next === null ? text.length : next.index;
}

/** `${NAME:-default}`: the default is a secret where the name says so, or where it looks like one. */
const WITH_DEFAULT = /^\$\{([A-Za-z_]\w*)(:?[-=+?])([\s\S]+)\}$/;

function defaultSecrets(text: string): Span[] {
  return findTemplates(text).flatMap(({ start, end }) => {
    const match = WITH_DEFAULT.exec(text.slice(start, end));
    const [, name = '', operator = '', value = ''] = match ?? [];
    if (match === null || !(isSecretName(name) || (/[:@]/.test(value) && !value.includes('://')))) return [];
    const from = start + '${'.length + name.length + operator.length;
    return [{ start: from, end: from + value.length }];
  });
}

/** PEM blocks, JSON web tokens, keys of well-known shapes, long random words. */
const TOKENS = [
  /-{4,5}BEGIN[\s\S]*?(?:-{4,5}END[^-]{0,40}-{0,5}|$)/g,
  /(?<![\w-])eyJ[\w-]{10,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|sk_live_|xox[abpr]-|npg_|dop_v1_|AIza)[\w-]{8,}/g,
];

/** A run that may be base64 or hexadecimal. */
const RUN = /[A-Za-z0-9+/_=-]{32,}/g;

function tokens(text: string): Span[] {
  const spans = TOKENS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })));
  for (const match of text.matchAll(RUN)) {
    if (isRandom(match[0])) spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** Whether a run changes between kinds of characters as often as random text does, and words, paths and names don't. */
function isRandom(run: string): boolean {
  let changes = 0;
  let kinds = 0;
  let previous = '';
  for (const unit of run) {
    const kind = unit >= '0' && unit <= '9' ? '0' : unit >= 'a' && unit <= 'z' ? 'a' : unit >= 'A' && unit <= 'Z' ? 'A' : '-';
    if (kind !== previous) changes += 1;
    if (kind !== '-') kinds |= kind === '0' ? 1 : kind === 'a' ? 2 : 4;
    previous = kind;
  }
  const separators = run.replace(/[A-Za-z0-9]/g, '').length;
  return kinds === 7 ? changes >= run.length * 0.35 && separators <= run.length * 0.15 : /^[0-9a-f]{32,}$/i.test(run) && /\d/.test(run) && /[a-f]/i.test(run);
}
