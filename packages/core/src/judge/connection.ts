import { driverOf, versionLabel } from '../drivers/index.ts';
import { type SafeText, redactPart } from '../redact.ts';
import { hostsOf } from '../settings/hosts.ts';
import type { ParsedString } from '../settings/setting.ts';
import { parseGiven } from '../settings/index.ts';
import type { Site } from '../site.ts';
import type { Span } from '../text.ts';
import { type Value, propertyOf } from '../value.ts';
import { GROUP, type Veiled } from './worlds.ts';

/** One host of a connection. */
export interface Host {
  /** `null` where a template, a variable or a secret hides it. */
  readonly name: string | null;
  /** libpq's `hostaddr`: where the connection goes, while `name` is what the certificate must say. */
  readonly address: string | null;
  /** As written, or the default; `null` where it is hidden. */
  readonly port: string | null;
  /** Where it is written in text; an option's name is never hidden. */
  readonly span?: Span;
}

/** Every driver's own (IANA). */
const DEFAULT_PORT = '5432';

/** A site taken apart, before any driver looks at it. */
export interface Dissected {
  readonly veiled: Veiled;
  /** The string with source spans; `null` for none. */
  readonly string: ParsedString | null;
  /** Never empty: a connection without a host has the driver's default, `localhost`, or a hidden one. */
  readonly hosts: readonly Host[];
  readonly database: string | null;
  /** Values of which the string's redaction masks something, as they may be shown. */
  readonly masked: ReadonlyMap<string, SafeText>;
}

/** Variables that say where a connection goes (libpq's PQconninfoOptions, read by most drivers). */
const PLACE_VARIABLES = ['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER'];

/** Takes a site apart: the string is parsed, what is written beside it is put with it, host and database are found. */
export function dissect(site: Site, rootCertificate?: 'present' | 'absent'): Dissected {
  const text = site.string === null || site.string === 'hidden' ? null : site.string;
  const parsed = text === null ? null : withSafeKeys(parseGiven(text.text) ?? unreadable(text.text));
  const toSource = text === null ? (span: Span): Span => span : (span: Span): Span => text.toSource(span);
  const own = (parsed?.settings ?? []).map((setting) => ({ ...setting, span: toSource(setting.span), whole: toSource(setting.whole) }));
  // The string's own word counts: so Rails' `url:` beside `sslmode:`, and every other merge of the kind that is known.
  const beside = site.members.filter(({ name }) => !own.some((setting) => setting.name === name));
  const string: ParsedString | null = parsed === null && beside.length === 0 ? null : { ...(parsed ?? GROUP), settings: [...own, ...beside] };
  const veiled: Veiled = {
    string: parsed,
    toSource,
    beside,
    stringHidden: site.string === 'hidden' || (site.string === null && site.options?.kind === 'hidden'),
    options: site.options,
    environment: site.environment,
    form: site.form,
    rootCertificate,
  };
  const seen = { ...site, options: optionsSeen(site, veiled) };
  return { veiled, string, hosts: hostsOfSite(seen, string), database: databaseOf(seen, string), masked: maskedValues(parsed) };
}

/** Where a string is broken, what a parser takes for a name may be a part of a password. */
function withSafeKeys(parsed: ParsedString): ParsedString {
  const { text, settings } = parsed;
  return { ...parsed, settings: settings.map((setting) => ({ ...setting, key: redactPart(text, { start: setting.whole.start, end: setting.span.start }) ?? setting.key })) };
}

function maskedValues(parsed: ParsedString | null): ReadonlyMap<string, SafeText> {
  const masked = new Map<string, SafeText>();
  for (const { value, span } of parsed?.settings ?? []) {
    const shown = value === null || parsed === null ? null : redactPart(parsed.text, span);
    if (value !== null && shown !== null) masked.set(value, shown);
  }
  return masked;
}

/** The options as the driver itself gets them: a wrapper has other names for places, and nests them. */
function optionsSeen({ driver, options }: Site, veiled: Veiled): Value | undefined {
  const wrapper = driver === null ? undefined : driverOf(driver.id);
  const label = wrapper === undefined ? undefined : versionLabel(wrapper, null);
  return wrapper?.unwrap === undefined || label === undefined ? options : wrapper.unwrap(veiled, label, {}).options;
}

/** What no form takes: every driver refuses it. */
function unreadable(text: string): ParsedString {
  const problem = { message: 'it is no connection string of a form that is known', span: { start: 0, end: text.length } };
  return { form: 'url', text, scheme: null, settings: [], problem, templates: [], open: false };
}

/** `DB_HOST=db:5432`: names of applications' own may hold the port as well. */
function withoutPort(name: string | null): string | null {
  return name?.replace(/^([^:[\]]+):\d+$/, '$1') ?? null;
}

function hostsOfSite(site: Site, string: ParsedString | null): readonly Host[] {
  const written = string === null ? [] : hostsOf(string).filter(({ host, hostaddr }) => host !== '' || hostaddr !== undefined);
  const beside = portBeside(site);
  if (written.length > 0) {
    return written.map(({ host, hostaddr, port, span }) => {
      const name = host === '' ? null : site.members.length > 0 ? withoutPort(host) : host;
      const behind = name === host ? undefined : host?.slice((name?.length ?? 0) + 1);
      return { name, address: hostaddr ?? null, port: port === undefined || port === '' ? (behind === undefined || behind === '' ? beside : behind) : port, span };
    });
  }
  const option = propertyOf(site.options, 'host') ?? propertyOf(site.options, 'hostname') ?? propertyOf(site.options, 'path');
  if (option !== undefined) return hostsOfOption(option, beside);
  const variable = site.environment.find((setting) => setting.name === 'PGHOST' || setting.name === 'PGHOSTADDR');
  if (variable !== undefined) return (variable.value?.split(',') ?? [null]).map((name) => ({ name, address: null, port: beside, span: variable.span }));
  return [{ name: hidesHost(site, string) ? null : 'localhost', address: null, port: beside }];
}

/** The port that is said apart from the host. */
function portBeside({ options, environment }: Site): string | null {
  const option = propertyOf(options, 'port');
  if (option !== undefined) return option.kind === 'literal' ? String(option.value ?? DEFAULT_PORT) : null;
  const variable = environment.find(({ name }) => name === 'PGPORT');
  return variable === undefined ? DEFAULT_PORT : variable.value;
}

function hostsOfOption(option: Value, port: string | null): readonly Host[] {
  if (option.kind === 'array') return option.items.flatMap((item) => hostsOfOption(item, port));
  if (option.kind === 'literal' && typeof option.value === 'string') return option.value.split(',').map((name) => ({ name, address: null, port }));
  // `/cloudsql/${INSTANCE}` is the folder of a socket, whatever its name is.
  if (option.kind === 'opaque' && option.begins?.startsWith('/') === true) return [{ name: option.begins, address: null, port }];
  return [{ name: option.kind === 'literal' && option.value === undefined ? 'localhost' : null, address: null, port }];
}

/** No host is written, and one may be where we can't look. */
function hidesHost(site: Site, string: ParsedString | null): boolean {
  if (site.string === 'hidden' || site.options?.kind === 'hidden') return true;
  if (site.options?.kind === 'object' && site.options.open && string === null) return true;
  if (string?.settings.some((setting) => setting.name === 'service') === true) return true;
  // `${DATABASE_URL}?sslmode=require`: the scheme is hidden, and all that comes with it.
  if (string?.open === true && (string.settings.length === 0 || string.scheme === null)) return true;
  if (site.form !== 'group') return false;
  // A lone PGSSLMODE belongs to a connection that is described elsewhere; so does a group without a place.
  return !site.environment.some((setting) => PLACE_VARIABLES.includes(setting.name)) && !site.members.some((member) => ['dbname', 'user', 'port'].includes(member.name));
}

function databaseOf(site: Site, string: ParsedString | null): string | null {
  const written = string?.settings.findLast((setting) => setting.name === 'dbname');
  if (written !== undefined) return written.value;
  const option = propertyOf(site.options, 'database') ?? propertyOf(site.options, 'db');
  if (option?.kind === 'literal' && typeof option.value === 'string') return option.value;
  return site.environment.find((setting) => setting.name === 'PGDATABASE')?.value ?? null;
}
