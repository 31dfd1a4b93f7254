import type { Connects, Driver, DriverInput, Outcome, Reason, Spelling } from '../drivers/driver.ts';
import { libpq } from '../drivers/libpq.ts';
import { optionSetting } from '../drivers/outcome.ts';
import { isTlsSetting } from '../drivers/startup-parameters.ts';
import type { Mode } from '../mode.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import { type Entry, propertyOf } from '../value.ts';
import { asObject, isWritten } from './settings.ts';

/**
 * A framework that gives libpq its parameters by name: the query of a URL, a map in a file, an array or a dictionary in
 * code are one set of names to it. It says only which names it hands on, and which of two places wins.
 */
export interface ByName extends Pick<Driver, 'id' | 'title' | 'versions' | 'packages' | 'versionOf' | 'stringOption' | 'refusesSchemes' | 'partsIn'> {
  /** The option that holds the parameters: `OPTIONS`, `connect_args`; `null` where they stand right in the options. */
  readonly parametersIn: string | null;
  /** Its own names of places and logins in the options, and libpq's. */
  readonly places: Readonly<Record<string, string>>;
  /** Why a parameter does not arrive, with its source; `undefined` for one that does. */
  readonly drops: (setting: Setting, string: ParsedString | null, version: string) => Pick<Reason, 'text' | 'source'> | undefined;
  /** Where a parameter is written in the string and in the options. */
  readonly wins: { readonly place: 'string' | 'options' } & Pick<Reason, 'text' | 'source'>;
  /** Looks at the whole before libpq does: what it refuses, what else counts for nothing. */
  readonly before?: (input: DriverInput, version: string) => { readonly outcome: Outcome } | { readonly input: DriverInput; readonly ignored: Connects['ignored'] };
  /** How its user writes parameters in code. */
  readonly inCode: (parameters: readonly (readonly [name: string, value: string])[]) => string;
  /** Empty parameters of a URL are none to it, as to Python's parse_qs. */
  readonly dropsEmpty?: true;
  /** False where its own configuration makes libpq's variables void. */
  readonly readsEnvironment?: false;
}

/** Such a framework as a driver, so that it can be asked for and judged as one. */
export function byName({ parametersIn, places, drops, wins, before, inCode, dropsEmpty, readsEnvironment, ...meta }: ByName): Driver {
  const at = (name: string): string => (parametersIn === null ? name : `${parametersIn}.${name}`);
  return {
    ...meta,
    sameAs: 'libpq',
    forms: ['url', 'keyword-value', 'group'],
    commonFor: [],
    schemes: [],
    samples: { ...libpq.samples, options: Object.fromEntries(['sslmode', 'sslrootcert'].map((name) => [at(name), [undefined, ...(libpq.samples.string[name] ?? [])]])) },
    outcome(given, version): Outcome {
      const seen = before?.(given, version) ?? { input: given, ignored: [] };
      if ('outcome' in seen) return seen.outcome;
      const { input } = seen;
      const options = asObject(input.options);
      const parameters = parametersIn === null ? options : asObject(propertyOf(options, parametersIn));
      const inOptions = parameters.entries.flatMap(parameterOf);
      const besides = parametersIn === null ? [] : options.entries.flatMap(parameterOf);
      const named = besides.flatMap((setting) => (Object.hasOwn(places, setting.key) ? [{ ...setting, name: places[setting.key] ?? setting.name }] : []));
      const lost = besides.filter(({ name, key }) => isTlsSetting(name) && !Object.hasOwn(places, key));
      const inString = (input.string?.settings ?? []).filter(({ value }) => dropsEmpty !== true || value !== '');
      const conflicts = conflictsOf(inString, inOptions, wins);
      const all = [...inString, ...named, ...inOptions].filter((setting) => !conflicts.some((conflict) => conflict.setting === setting));
      const dropped = [...all, ...lost].flatMap((setting) => {
        const why = lost.includes(setting) ? { text: `${meta.title} never reads \`${setting.name}\` there, only in \`${parametersIn ?? ''}\``, source: wins.source } : drops(setting, input.string, version);
        return why === undefined ? [] : [{ setting, why }];
      });
      const handed = all.filter((setting) => !dropped.some((each) => each.setting === setting));
      const ignored = dropped.filter(({ setting }) => isTlsSetting(setting.name)).map(({ setting, why }) => ({ ...why, setting, harmless: true }));
      const outcome = libpq.outcome({ ...input, string: parametersOf(input, handed), options: undefined }, newest(), {});
      return outcome.kind === 'refuses' ? outcome : { ...outcome, ignored: [...seen.ignored, ...ignored, ...outcome.ignored], conflicts: [...conflicts, ...outcome.conflicts] };
    },
    spell(mode: Mode, root: string | null): Spelling {
      const spelling = libpq.spell(mode, root, newest());
      return { ...spelling, options: inCode(spelling.string ?? []), environment: readsEnvironment === false ? null : spelling.environment };
    },
  };
}

function newest(): string {
  return libpq.versions.findLast(({ released }) => released)?.label ?? '';
}

/** An entry as a parameter of libpq's; numbers and the rest are handed on as text. */
export function parameterOf(entry: Entry): readonly Setting[] {
  return entry.value.kind === 'literal' && isWritten(entry.value) ? [optionSetting(entry.name, entry)] : [];
}

/** The parameters that are written in both places; those of the one count. */
export function conflictsOf(inString: readonly Setting[], inOptions: readonly Setting[], { place, text, source }: ByName['wins']): Connects['conflicts'] {
  const [losers, winners] = place === 'string' ? [inOptions, inString] : [inString, inOptions];
  return losers.flatMap((setting) => {
    const winner = winners.findLast(({ name }) => name === setting.name);
    return winner === undefined ? [] : [{ setting, winner, text, source }];
  });
}

/** What arrives, as keywords: without a URI's `ssl=true`. A group of variables has no form, and its words are the program's own. */
function parametersOf({ form, string }: DriverInput, settings: readonly Setting[]): ParsedString | null {
  if (string === null && settings.length === 0) return null;
  const base: ParsedString = string ?? { form: 'keyword-value', text: '', scheme: null, settings: [], problem: null, templates: [], open: false };
  return form === 'group' ? { ...base, scheme: null, settings } : { ...base, form: 'keyword-value', scheme: null, settings };
}
