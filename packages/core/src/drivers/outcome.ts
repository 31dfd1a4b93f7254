import { type Encrypts, MODES, type Mode, type Verifies } from '../mode.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import { type Entry, type Value, entryOf } from '../value.ts';
import { type SafeText, ownText, redactValue, safeWord } from '../redact.ts';
import { nearest } from '../text-distance.ts';
import type { Connects, Outcome, Reason, Refuses } from './driver.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** What a driver notes while it reads its settings, before it answers. */
export type Notes = Pick<Mutable<Connects>, 'unknownValues' | 'ignored' | 'conflicts' | 'needs' | 'mitigations' | 'weakTls'>;

/** A fresh, empty notebook. */
export function notes(): Notes {
  return { unknownValues: [], ignored: [], conflicts: [], needs: [], mitigations: [], weakTls: [] };
}

/** The answer to both questions, with what was noted on the way. */
export function connects(
  noted: Notes,
  answer: { encrypts: Encrypts; verifies: Verifies; verifiesAtLeast?: Verifies; decidedBy: Setting | null; reason: Reason; obeysNodeTlsEnv?: boolean },
): Connects {
  const { reason, obeysNodeTlsEnv, ...rest } = answer;
  return { kind: 'connects', ...rest, ...noted, reasons: [reason], ...(obeysNodeTlsEnv === true ? { obeysNodeTlsEnv } : {}) };
}

/** The same answer with something else to say about it. */
export function withReason(outcome: Outcome, reason: Reason | undefined): Outcome {
  return outcome.kind === 'refuses' || reason === undefined ? outcome : { ...outcome, reasons: [...outcome.reasons, reason] };
}

/** A refusal for one reason. */
export function refuses(cause: Refuses['cause'], reason: Reason): Refuses {
  return { kind: 'refuses', cause, reasons: [reason], setting: reason.setting ?? null };
}

/** The setting that counts where the last of equals wins. */
export function lastOf(settings: readonly Setting[], name: string): Setting | undefined {
  return settings.findLast((setting) => setting.name === name);
}

/** Notes each repeated parameter with another value as a conflict that the last (or the first) one wins. */
export function noteRepeats(noted: Notes, string: ParsedString | null, names: readonly string[], title: string, source: string, wins: 'first' | 'last' = 'last'): void {
  for (const name of names) {
    const same = string?.settings.filter((setting) => setting.name === name) ?? [];
    const winner = same.at(wins === 'first' ? 0 : -1);
    for (const setting of same) {
      if (winner === undefined || setting === winner || setting.value === winner.value) continue;
      noted.conflicts.push({ setting, winner, text: `${title} takes the ${wins} of several \`${winner.key}\``, source });
    }
  }
}

/** A written option as a setting; objects and functions have no value to show. */
export function optionSetting(path: string, entry: Entry): Setting {
  const { value } = entry;
  return {
    name: path,
    key: path,
    value: value.kind === 'literal' ? String(value.value) : null,
    place: 'options',
    span: entry.span,
    whole: entry.whole ?? entry.span,
    valueSpan: value.span,
  };
}

/** The option at a name of an object, as a setting; `undefined` where nothing is written. */
export function optionOf(options: Value | undefined, name: string, path = name): { setting: Setting; value: Value } | undefined {
  const entry = entryOf(options, name);
  return entry === undefined ? undefined : { setting: optionSetting(path, entry), value: entry.value };
}

/** A setting as its user wrote it, for reasons and messages: `sslmode=require`, `rejectUnauthorized: false`. */
export function quoted(setting: Setting): SafeText {
  const name = nameOf(setting);
  if (setting.value === null) return ownText(`\`${name}\``);
  return ownText(`\`${name}${setting.place === 'options' ? ': ' : '='}${shownValue(setting.key, setting.value)}\``);
}

/** The mode that was meant by what a setting that takes one of libpq's words says; that word itself where it is one. */
export function meant({ name, value }: Setting): Mode | undefined {
  if (!/sslmode$/i.test(name) || value === null) return undefined;
  const word = value.toLowerCase().replaceAll('_', '-');
  const exact = MODES.find((mode) => mode === word);
  // `verify`, `verify-peer`: who wants verification gets all of it.
  const near = word.startsWith('verify') ? 'verify-full' : nearest(word, MODES);
  return exact ?? MODES.find((mode) => mode === near);
}

/** `sslpassword` is a TLS setting as well. */
function shownValue(key: string, value: string): SafeText {
  const shown = redactValue(key, value);
  return shown === value ? safeWord(value) : shown;
}

/** A setting's name as its user wrote it; masked where it could be anything else. */
export function nameOf({ place, key }: Setting): SafeText {
  return place === 'options' ? safeWord(key.split('.').at(-1) ?? key) : keyword(key);
}

/** ADO.NET's names of TLS settings have spaces: `SSL Mode`, `Trust Server Certificate`. Any other text with spaces may be anything. */
function keyword(key: string): SafeText {
  return /^(?:ssl|root|trust|check|channel|gss|require)(?: [a-z]{2,12}){1,3}$/i.test(key) ? ownText(key) : safeWord(key);
}
