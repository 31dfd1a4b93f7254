import { type Mode, isWeaker } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import { type Value, truthiness } from '../value.ts';
import type { DriverInput, Reason } from './driver.ts';
import { type Notes, optionOf } from './outcome.ts';

/** A mode and the setting that says it. */
export interface Said {
  readonly mode: Mode;
  readonly by: Setting;
}

/** Bun 1.4.5 internal/sql/options.ts normalizeSSLMode(), in lower case. Nothing is disable. */
export const MODE_OF_BUN: ReadonlyMap<string, Mode> = new Map([
  ['', 'disable'], ['disable', 'disable'], ['disabled', 'disable'], ['allow', 'prefer'], ['prefer', 'prefer'], ['preferred', 'prefer'], ['require', 'require'], ['required', 'require'],
  ['verify-ca', 'verify-ca'], ['verify_ca', 'verify-ca'], ['verify-full', 'verify-full'], ['verify_full', 'verify-full'], ['verify-identity', 'verify-full'], ['verify_identity', 'verify-full'],
]);

/** Bun 1.3.14 internal/sql/shared.ts normalizeSSLMode(), in lower case. */
export const OLD_MODES: ReadonlyMap<string, Mode> = new Map([
  ['', 'disable'], ['disable', 'disable'], ['prefer', 'prefer'], ['require', 'require'], ['required', 'require'],
  ['verify-ca', 'verify-ca'], ['verify_ca', 'verify-ca'], ['verify-full', 'verify-full'], ['verify_full', 'verify-full'],
]);

/** True where a mode protects no less than another. */
export function atLeast(mode: Mode, other: Mode): boolean {
  return !isWeaker(mode, other);
}

/** What the options object says to Bun. */
interface BunOption {
  /** `tls` or, where that is falsy, `ssl`. */
  readonly setting: Setting;
  readonly value: Value;
  /** true, or an object. */
  readonly isOn: boolean;
  /** false, and nothing else beside it. */
  readonly isOff: boolean;
  readonly word: Mode | undefined;
  /** A word in `ssl` beside a truthy `tls`: where it is stronger, it counts. */
  readonly alias: Said | undefined;
  readonly reject: { readonly value: boolean; readonly setting: Setting } | undefined;
  readonly authority: Setting | undefined;
  readonly identity: { readonly setting: Setting; readonly acceptsAny: boolean } | undefined;
  readonly binding: Setting | undefined;
  readonly host: string | undefined;
  /** Why Bun 1.4 throws. */
  readonly problem: Reason | undefined;
}

const SOURCE = 'Bun 1.4.5 internal/sql/options.ts parseOptions()';

/** Reads what stands in the options about TLS; `undefined` for nothing. */
export function tlsOption(options: Value | undefined): Partial<BunOption> & Pick<BunOption, 'setting' | 'value'> | undefined {
  const [tls, ssl] = [optionOf(options, 'tls'), optionOf(options, 'ssl')];
  const chosen = tls !== undefined && truthiness(tls.value) !== false ? tls : (ssl ?? tls);
  const bound = optionOf(options, 'channelBinding')?.setting;
  const place = textOf(optionOf(options, 'hostname')?.value) ?? textOf(optionOf(options, 'host')?.value);
  const nothing = { setting: { name: 'tls', key: 'tls', value: null, place: 'options', span: { start: 0, end: 0 }, whole: { start: 0, end: 0 } } as const, value: { kind: 'literal', value: undefined, span: { start: 0, end: 0 } } as const };
  const rest = { ...(bound === undefined ? {} : { binding: bound }), ...(place === undefined ? {} : { host: place }) };
  if (chosen === undefined) return bound === undefined && place === undefined ? undefined : { ...nothing, ...rest };
  const { setting, value } = chosen;
  const literal = value.kind === 'literal' ? value.value : undefined;
  if (value.kind === 'literal' && truthiness(value) === false) {
    const isOff = [tls, ssl].some((each) => each?.value.kind === 'literal' && each.value.value === false);
    return { setting, value, isOff, ...rest };
  }
  if (typeof literal === 'string') {
    const word = MODE_OF_BUN.get(literal.toLowerCase());
    const alias = aliasOf(tls, ssl);
    return { setting, value, ...(word === undefined ? { problem: unknownWord(setting) } : { word }), ...alias, ...rest };
  }
  if (value.kind === 'literal' && literal !== true) return { setting, value, problem: { text: 'Bun takes true, false, a word or an object for `tls`, and throws on anything else', source: SOURCE, setting }, ...rest };
  return { setting, value, isOn: true, ...objectOf(value, setting), ...aliasOf(tls, ssl), ...rest };
}

type Option = ReturnType<typeof optionOf>;

function aliasOf(tls: Option, ssl: Option): Partial<Pick<BunOption, 'alias' | 'problem'>> {
  const word = textOf(ssl?.value);
  if (tls === undefined || truthiness(tls.value) === false || ssl === undefined || word === undefined) return {};
  const mode = MODE_OF_BUN.get(word.toLowerCase());
  return mode === undefined ? { problem: unknownWord(ssl.setting) } : { alias: { mode, by: ssl.setting } };
}

function objectOf(object: Value, { key }: Setting): Partial<BunOption> {
  if (object.kind !== 'object') return {};
  const reject = optionOf(object, 'rejectUnauthorized', `${key}.rejectUnauthorized`);
  const rejects = reject?.value.kind === 'literal' ? reject.value.value : undefined;
  if (reject !== undefined && rejects !== undefined && rejects !== null && typeof rejects !== 'boolean') {
    return { problem: { text: 'Bun takes true or false for `rejectUnauthorized`, and throws on anything else', source: 'Bun 1.4.5, measured: TLSOptions.rejectUnauthorized', setting: reject.setting } };
  }
  const bound = ['minVersion', 'maxVersion'].map((name) => optionOf(object, name, `${key}.${name}`)).find((each) => each?.value.kind === 'literal' && typeof each.value.value === 'string');
  if (bound !== undefined) return { problem: { text: `Bun takes a number for \`${bound.setting.key.split('.').at(-1) ?? ''}\`, and throws on a text`, source: 'Bun 1.4.5, measured: TLSOptions.minVersion', setting: bound.setting } };
  const identity = optionOf(object, 'checkServerIdentity', `${key}.checkServerIdentity`);
  if (identity?.value.kind === 'literal' && identity.value.value !== undefined) {
    return { problem: { text: 'Bun throws on anything but a function in `checkServerIdentity`', source: SOURCE, setting: identity.setting } };
  }
  const authority = ['ca', 'caFile'].map((name) => optionOf(object, name, `${key}.${name}`)).find((each) => each !== undefined && truthiness(each.value) !== false)?.setting;
  return {
    ...(reject !== undefined && typeof rejects === 'boolean' ? { reject: { value: rejects, setting: reject.setting } } : {}),
    ...(authority === undefined ? {} : { authority }),
    ...(identity === undefined || identity.value.kind === 'literal' ? {} : { identity: { setting: identity.setting, acceptsAny: identity.value.kind === 'function' && identity.value.returnsNothing } }),
  };
}

function unknownWord(setting: Setting): Reason {
  return { text: `\`${setting.key}\` has a value that Bun does not know, it throws before it connects`, source: `${SOURCE}: normalizeSSLMode()`, setting };
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'literal' && typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
}

/** Options that look like TLS settings and are none of Bun's. */
export function noteUnreadOptions({ options }: DriverInput, noted: Notes, source: string): void {
  if (options?.kind !== 'object') return;
  for (const { name } of options.entries) {
    const option = optionOf(options, name);
    if (option === undefined || !/^(?:sslmode|ssl_mode|sslMode|sslrootcert|sslcert|sslkey|rejectUnauthorized|channel_binding|sslnegotiation)$/.test(name)) continue;
    noted.ignored.push({ setting: option.setting, harmless: true, text: `Bun never reads a \`${name}\` option, only \`tls\` and \`ssl\``, source });
  }
}
