import type { ServerFile, ServerSetting } from '../../server.ts';
import { MappedText, MappedTextBuilder, type Span } from '../../text.ts';
import { clientsOf } from './clients.ts';
import { comment, linesOf, type Lines } from './lines.ts';
import { boolean, setting } from './said.ts';

/** One setting of a server: name in lower case, value decoded. */
export interface Parameter {
  readonly name: string;
  readonly value: MappedText;
  /** Name and value. */
  readonly span: Span;
  /** Path of its key; `null` for its name alone. */
  readonly key?: string;
  /** In a file that is included: no finding can stand on it. */
  readonly elsewhere?: true;
}

const ENTRY = /[ \t\uFEFF]*([A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*(?:\.[\w$\u0080-\uFFFF]+)*)[ \t]*(?:=[ \t]*)?/y;
const QUOTED = /'(?:[^'\\\r\n]|\\[^\r\n]|'')*'/y;
const BARE = /[^\s#']+/y;

/** Takes postgresql.conf apart as src/backend/utils/misc/guc-file.l does; a line that it refuses says nothing. */
export function parsePostgresqlConf(text: string): Lines<Parameter> {
  const entries: Parameter[] = [];
  const comments: Lines<Parameter>['comments'][number][] = [];
  for (const line of linesOf(text)) {
    const entry = exec(ENTRY, text, line.start);
    let at = line.start;
    if (entry !== null) {
      const from = line.start + entry[0].length;
      const raw = exec(QUOTED, text, from)?.[0] ?? exec(BARE, text, from)?.[0];
      const name = entry[1] ?? '';
      if (raw !== undefined) {
        at = from + raw.length;
        const value = raw.startsWith("'") ? unquoted(text, from + 1, at - 1) : MappedText.verbatim(text, from, at);
        entries.push({ name: name.toLowerCase(), value, span: { start: from - entry[0].trimStart().length, end: at } });
      }
    }
    const hash = text.indexOf('#', at);
    if (hash >= 0 && hash < line.end) comments.push(comment(hash, line.end));
  }
  return { entries, comments, parts: entries.map(({ span }) => span) };
}

/** The settings of a text that stands in another one, with their places in the source. */
export function parametersIn(text: MappedText): readonly Parameter[] {
  return parsePostgresqlConf(text.text).entries.map((entry) => ({ ...entry, value: text.slice(entry.value.span.start, entry.value.span.end), span: text.toSource(entry.span) }));
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A doubled quote is one, and so is one behind a backslash. */
function unquoted(text: string, start: number, end: number): MappedText {
  const builder = new MappedTextBuilder();
  let copied = start;
  for (let at = start; at < end; at++) {
    if (text[at] !== "'" && text[at] !== '\\') continue;
    builder.verbatim(text, copied, at).add(text.charAt(at + 1), { start: at, end: at + 2 }, true);
    copied = at += 2;
    at--;
  }
  return builder.verbatim(text, copied, end).build(start);
}

/** Names that stand in nothing but a configuration of PostgreSQL. */
const NAMES = /^(?:listen_addresses|shared_buffers|max_connections|work_mem|maintenance_work_mem|wal_level|max_wal_size|effective_cache_size|hba_file|ident_file|data_directory|ssl_cert_file|ssl_key_file|ssl_ca_file|ssl_min_protocol_version|password_encryption|shared_preload_libraries|synchronous_commit|unix_socket_directories)$/;

/** Whether parameters are those of a server, whatever their file is called. */
export function areOfPostgresql(parameters: readonly Parameter[]): boolean {
  return parameters.some(({ name }) => NAMES.test(name));
}

/**
 * What the parameters of a server say of TLS (https://www.postgresql.org/docs/current/runtime-config-connection.html):
 * of those that are written twice the last counts. `ssl` is off by default; but the default says nothing, since
 * packages (Debian's) and operators set it elsewhere.
 */
export function readParameters(parameters: readonly Parameter[], product: string, unsure = false): readonly ServerSetting[] {
  const last = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const written = last.get('ssl');
  const ssl = written?.elsewhere === true ? undefined : written;
  const weakTls = written !== undefined && boolean(written.value.text) === false && ssl === undefined ? [] : [...versions(last), ...ciphers(last)].filter(({ parameter }) => parameter.elsewhere !== true);
  const files = filesOf(last, FILES);
  const anchor = ssl ?? weakTls[0]?.parameter ?? files[0]?.parameter;
  if (anchor === undefined) return [];
  const on = ssl === undefined ? null : boolean(ssl.value.text);
  const clients = clientsOf(last.get('listen_addresses')?.value.text);
  const said = {
    product,
    key: anchor.key ?? anchor.name,
    span: anchor.value.span,
    whole: anchor.span,
    // Without TLS nothing of this matters.
    weakTls: on === false ? [] : weakTls.map(({ parameter, because }) => ({ span: parameter.value.span, because })),
    files: on === false ? [] : files.map(({ file }) => file),
    unsure,
    ...(clients !== null && { clients }),
  };
  if (on === false) {
    const remedy = 'Set `ssl` to `on`, with `ssl_cert_file` and `ssl_key_file`; then `hostssl` in pg_hba.conf insists on it.';
    return [setting({ ...said, weakest: 'disable', strongest: 'disable', admits: 'only-plaintext', because: '`ssl` is `off`', remedy })];
  }
  // Whether those without TLS are let in is pg_hba.conf's business.
  return [setting({ ...said, weakest: on === null ? 'disable' : 'prefer', strongest: 'require' })];
}

const FILES = { ssl_cert_file: 'certificate', ssl_key_file: 'key', ssl_ca_file: 'ca' } as const;

/** The files that parameters name. */
function filesOf(last: ReadonlyMap<string, Parameter>, names: Readonly<Record<string, ServerFile['role']>>): readonly { readonly parameter: Parameter; readonly file: ServerFile }[] {
  return Object.entries(names).flatMap(([name, role]) => {
    const parameter = last.get(name);
    const path = parameter?.value.text.trim() ?? '';
    return parameter === undefined || parameter.elsewhere === true || path === '' ? [] : [{ parameter, file: { role, path, span: parameter.value.span } }];
  });
}

interface Weak {
  readonly parameter: Parameter;
  readonly because: string;
}

/** The default is TLSv1.2 since PostgreSQL 13, TLSv1 in 12; both parameters are new in 12 (release notes). */
function versions(last: ReadonlyMap<string, Parameter>): readonly Weak[] {
  return ['ssl_min_protocol_version', 'ssl_max_protocol_version'].flatMap((name) => {
    const parameter = last.get(name);
    const version = /^TLSv1(?:\.[01])?$/i.exec(parameter?.value.text.trim() ?? '')?.[0];
    return parameter === undefined || version === undefined ? [] : [{ parameter, because: `\`${name}\` is \`${version}\`` }];
  });
}

/** Ciphers that are broken, or none: https://docs.openssl.org/master/man1/openssl-ciphers/#cipher-strings. */
const BROKEN = /^(?:e?NULL|COMPLEMENTOFALL|aNULL|ADH|AECDH|EXP(?:ORT(?:40|56)?)?|LOW|DES|RC4|MD5|(?:[\w-]+-)?(?:NULL|RC4|DES-CBC)-\w+)$/;

function ciphers(last: ReadonlyMap<string, Parameter>): readonly Weak[] {
  const parameter = last.get('ssl_ciphers');
  const words = parameter?.value.text.trim().split(/[:, ]+/) ?? [];
  // `!` and `-` take ciphers away, `+` only moves them.
  const broken = words.find((word) => BROKEN.test(word) && !words.includes(`!${word}`));
  return parameter === undefined || broken === undefined ? [] : [{ parameter, because: `\`ssl_ciphers\` takes \`${broken}\`` }];
}
