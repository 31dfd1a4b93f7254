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
  return redacted(text).shown;
}

/** A part of such a text, masked as the whole is; `null` where nothing in it is. */
export function redactPart(text: string, { start, end }: Span): SafeText | null {
  const secrets = redacted(text).secrets.filter((secret) => secret.start < end && secret.end > start);
  if (secrets.length === 0) return null;
  return masked(text.slice(start, end), secrets.map((secret) => ({ start: Math.max(0, secret.start - start), end: secret.end - start })));
}

interface Redacted {
  readonly secrets: readonly Span[];
  readonly shown: SafeText;
}

/** A report shows the texts of a connection in several places: those of the last few are kept. */
const known = new Map<string, Redacted>();
const KEPT_TEXTS = 16;

function redacted(text: string): Redacted {
  let found = known.get(text);
  if (found === undefined) {
    const secrets = [...urlSecrets(text), ...settingSecrets(text), ...defaultSecrets(text), ...tokens(text)];
    found = { secrets, shown: masked(text, secrets) };
    const [oldest] = known.size < KEPT_TEXTS ? [] : known.keys();
    if (oldest !== undefined) known.delete(oldest);
    known.set(text, found);
  }
  return found;
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

/** `scheme://` where a word begins. */
const URL_START = /(?<![^\s'"`=,([{<>|;&?-])(?:[a-z][a-z0-9-]{0,20}:){0,3}[a-z][a-z0-9+.-]{0,40}:\/\//gi;

/** A word with a colon, and an `@` behind it: `user:password@host` without a scheme. */
const BARE_USERINFO = /^[^\s:@/?=]*:[^@]*@/;

/** Passwords in the userinfo of URLs. A URL ends where the next begins. */
function urlSecrets(text: string): Span[] {
  const starts = [...text.matchAll(URL_START)].map((match) => ({ at: match.index, from: match.index + match[0].length }));
  if (starts.length === 0 && BARE_USERINFO.test(text)) starts.push({ at: 0, from: 0 });
  const lastAt = text.lastIndexOf('@');
  const secrets: Span[] = [];
  for (let index = 0; index < starts.length; ) {
    const { at, from } = starts[index] ?? { at: 0, from: 0 };
    const upTo = (next: number): string => text.slice(from, starts[next]?.at ?? text.length);
    index += 1;
    if (!upTo(index).includes('@') && !SERVER.test(upTo(index))) {
      // What looks like another URL is part of this one's password, where an `@` is still to come.
      const next = from < lastAt ? text.indexOf('@', from) : -1;
      while (next !== -1 && index < starts.length && (starts[index]?.at ?? 0) < next) index += 1;
    }
    const rest = upTo(index);
    // Where something stands before the URL, something may follow it: then a quote or a space ends it, if it holds an `@` so far.
    const word = at > 0 ? /^[^\s'"`]*@[^\s'"`]*/.exec(rest)?.[0] : undefined;
    for (const { start, end } of passwordsIn(word ?? rest)) secrets.push({ start: from + start, end: from + end });
  }
  return secrets;
}

/** What may stand behind a server: the rest of a URL, or what a URL is embedded in. */
const BEHIND_SERVER = String.raw`(?=$|[/?,\s'"\`;)\]}<>])`;
/** One server. U+E000 stands for a template. */
const SERVER = new RegExp(String.raw`^(?:\[[0-9A-Fa-f:.%\uE000]+\]|[^\s:/?#@'"]*)(?::(?:[\d\uE000]*|\$\w+|%[sdv]))?${BEHIND_SERVER}`);
/** A colon of userinfo, also percent-encoded: then the user was meant to have it, or the whole was encoded by mistake. */
const COLON = /:|%3A/i;

/** What may be a password, or a part of one, in what follows `://`. */
function passwordsIn(raw: string): Span[] {
  const rest = hideTemplates(raw, findTemplates(raw));
  const { end, odd } = dissect(rest);
  const colon = COLON.exec(rest);
  if (colon === null || (end !== -1 && colon.index >= end)) return odd;
  const start = colon.index + colon[0].length;
  if (end !== -1) return start === end || PLAIN_TEMPLATE.test(raw.slice(start, end)) ? odd : [{ start, end }, ...odd];
  // No `@`: host and port, most likely. A port that is no number may be a password whose `@host` is missing, and that
  // may hold anything, unless it stands for a port.
  if (SERVER.test(rest)) return odd;
  const stop = rest.slice(start).search(/^<?\w*port\w*>?(?=[/?,])/i.test(rest.slice(start)) ? /[/?,\s'"`]/ : /[\s'"`]/);
  return [{ start, end: stop === -1 ? rest.length : start + stop }, ...odd];
}

/** Parameters in which an `@` is nothing odd. */
const WITH_AT = /^(?:user|username|application_name|options|host|dbname|search_path)=/i;

/**
 * Where userinfo ends, -1 for none: at the last `@`, wherever it stands, unless all is well-formed without it. People
 * leave an `@`, `/`, `?`, `#` or space in passwords as it is. `odd` are parameters' values with an `@` that may be the
 * end of such a password as well.
 */
function dissect(rest: string): { readonly end: number; readonly odd: Span[] } {
  const last = rest.lastIndexOf('@');
  const slash = rest.indexOf('/');
  const at = slash === -1 ? last : rest.lastIndexOf('@', slash);
  const server = rest.slice(at + 1);
  const question = server.indexOf('?');
  if (at === last) return { end: at, odd: [] };
  if (!SERVER.test(server) || question === -1 || server.slice(0, question).includes('@')) return { end: last, odd: [] };
  const odd: Span[] = [];
  let from = at + 1 + question + 1;
  for (const piece of rest.slice(from).split('&')) {
    const name = /^[\w.%-]+=/.exec(piece)?.[0];
    if (name === undefined && piece.includes('@')) return { end: last, odd: [] };
    if (name !== undefined && piece.includes('@') && !WITH_AT.test(name)) odd.push({ start: from + name.length, end: from + piece.length });
    from += piece.length + 1;
  }
  return { end: at, odd };
}

/** Secret settings: by the grammar where the text follows one, else by their names alone. */
function settingSecrets(text: string): Span[] {
  const parsed = parseString(text);
  // (ADO reads `Password==x` as the name `Password=x`.)
  if (parsed?.problem !== null || parsed.settings.some(({ key }) => key.includes('='))) return namedSecrets(text);
  return parsed.settings.flatMap(({ name, key, span }) => {
    const { start, end } = span;
    const raw = text.slice(start, end);
    if (isSecretName(name) || isSecretName(key)) return raw === '' || PLAIN_TEMPLATE.test(raw) ? [] : [span];
    // `options=-c some.password=x`, a URL in a parameter: whatever is handed on.
    const value = decoded(raw);
    return namedSecrets(value).length > 0 || (value !== raw && urlSecrets(value).length > 0) ? [span] : [];
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

/** `${NAME:-default}`, and Spring's `${NAME:default}`: the default is a secret where the name says so, or where it looks like one. */
const WITH_DEFAULT = /^\$\{([A-Za-z_]\w*)(:[-=+?]?|[-=+?])([\s\S]+)\}$/;

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
