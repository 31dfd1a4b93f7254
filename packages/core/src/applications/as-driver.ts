import type { Driver, DriverInput, DriverVersion, Outcome, Reason, Spelling } from '../drivers/driver.ts';
import { quoted } from '../drivers/outcome.ts';
import { inOwnForm } from '../drivers/own-form.ts';
import { isTlsSetting } from '../drivers/startup-parameters.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import type { Entry, Value } from '../value.ts';
import type { Application, Connection, Read, Said } from './application.ts';

/*
 * An application is to its driver what a wrapper is: its variables stand for settings of the driver, and it drops or
 * adds some. So it is judged as a driver, under that driver's id, and everything that is known of the driver holds.
 */

const NOWHERE = { start: 0, end: 0 };

/** The driver as this connection of an application uses it. */
export function asDriver(application: Application, connection: Connection, driver: Driver): Driver {
  const versions: readonly DriverVersion[] = driver.versions.filter(({ label, released }) => (application.version === undefined ? released : label === application.version)).slice(-1);
  const { switches = {} } = connection;
  // A wrapper is asked as a whole: what it makes of its options is its own business.
  const own: { -readonly [K in keyof Driver]: Driver[K] } = { ...driver };
  delete own.unwrap;
  return {
    ...own,
    versions,
    application: application.over === undefined ? application.name : `${application.name} (${application.over})`,
    // One that is filled in elsewhere may be filled with nothing.
    samples: { ...driver.samples, string: { ...driver.samples.string, ...Object.fromEntries(Object.entries(switches).map(([name, values]) => [name, ['', ...values]])) } },
    versionOf: () => undefined,
    outcome(input, version, packages): Outcome {
      const handed = handOn(input, connection, driver);
      return told(driver.outcome(handed.input, version, packages), handed.from, { application, connection, driver });
    },
    spell(mode, root, version, scheme): Spelling {
      const own = driver.spell(mode, root, version, scheme);
      if (connection.instead !== undefined) return { string: null, options: null, environment: null, condition: null, instead: connection.instead };
      if (connection.verified === undefined) return { ...own, options: null, condition: own.string === null ? null : own.condition };
      // Whose roots are libpq's has none until a file, or the system's, is named.
      const file = root ?? own.string?.find(([name]) => name === 'sslrootcert')?.[1] ?? null;
      const path = file === null || file === 'system' || file.startsWith('/') ? file : `/path/to/${file}`;
      const ca = `/path/to/${root ?? 'public-roots.pem'}`;
      const query = (own.string ?? []).map((pair) => pair.join('=')).join('&');
      const pairs = connection.verified.flatMap(([name, value]): (readonly [string, string])[] => (value.includes('{root}') && path === null ? [] : [[name, value.replace('{root}', path ?? '').replace('{ca}', ca).replace('{query}', query)]]));
      return { string: own.string, options: null, environment: pairs, condition: path === 'system' ? own.condition : null };
    },
  };
}

interface Handed {
  readonly input: DriverInput;
  /** From what the driver is told to the variable that says so; `null` where nobody did. */
  readonly from: ReadonlyMap<string, Setting | null>;
}

/** What reaches the driver. */
function handOn(input: DriverInput, { parameters = {}, unset, switches = {}, tls, deaf }: Connection, driver: Driver): Handed {
  const given = input.string?.settings ?? [];
  const variables = new Map(given.flatMap((setting) => (Object.hasOwn(switches, setting.name) ? [[setting.name, setting] as const] : [])));
  for (const [name, variable] of Object.entries(parameters)) {
    const setting = given.find((each) => each.name === name && each.place === 'environment');
    if (setting !== undefined) variables.set(variable, setting);
  }
  const read: Read = (name) => {
    const value = variables.get(name)?.value?.trim() ?? '';
    return value === '' ? undefined : value;
  };
  const said = tls?.(read) ?? [];
  const from = new Map(said.map(([name, , variable]) => [name, read(variable) === undefined ? null : (variables.get(variable) ?? null)]));
  const names = new Set(said.map(([name]) => name));
  const kept = given.filter(({ name, value }) => !Object.hasOwn(switches, name) && !(deaf === true && isTlsSetting(name)) && (isOption(name) || !names.has(name)) && !(Object.hasOwn(parameters, name) && value?.trim() === ''));
  const added = said.filter(([name]) => !isOption(name)).map(([name, value]) => settingOf(name, String(value), from.get(name) ?? null));
  if (unset !== undefined && !kept.some(({ name }) => name === 'sslmode') && !names.has('sslmode')) {
    added.push(settingOf('sslmode', unset.sslmode, null));
    from.set('sslmode', null);
  }
  const options = optionsOf(said.filter(([name]) => isOption(name)), from);
  const heard = deaf === true ? withoutQuery(input.string) : input.string;
  const string = heard === null ? null : inOwnForm({ ...heard, settings: [...kept, ...added] }, driver);
  return { input: { ...input, ...(string?.form === 'jdbc' && { form: 'jdbc' }), string, options }, from };
}

/** Node's and Elixir's drivers take TLS in an object. */
function isOption(name: string): boolean {
  return /^ssl(?:$|\.)/.test(name);
}

function settingOf(name: string, value: string, variable: Setting | null): Setting {
  return { name, key: name, value, place: 'string', span: variable?.span ?? NOWHERE, whole: variable?.whole ?? NOWHERE };
}

function optionsOf(said: readonly Said[], from: Handed['from']): Value | undefined {
  if (said.length === 0) return undefined;
  const entry = (name: string, value: Value, variable: Setting | null): Entry => ({ name, value, span: variable?.span ?? NOWHERE });
  const literal = ([name, value]: Said): Value => ({ kind: 'literal', value, span: from.get(name)?.span ?? NOWHERE });
  const whole = said.find(([name]) => name === 'ssl');
  const inner = said.filter(([name]) => name !== 'ssl').map((each) => entry(each[0].slice('ssl.'.length), literal(each), from.get(each[0]) ?? null));
  const by = from.get(whole?.[0] ?? said[0]?.[0] ?? '') ?? null;
  const ssl: Value = inner.length === 0 && whole !== undefined ? literal(whole) : { kind: 'object', entries: inner, open: false, span: by?.span ?? NOWHERE };
  return { kind: 'object', entries: [entry('ssl', ssl, by)], open: false, span: NOWHERE };
}

/** Drivers look at the text as well. */
function withoutQuery(string: ParsedString | null): ParsedString | null {
  return string?.form === 'url' ? { ...string, text: string.text.replace(/\?.*$/s, '') } : string;
}

interface Told {
  readonly application: Application;
  readonly connection: Connection;
  readonly driver: Driver;
}

/** The driver's answer in terms of the variables. */
function told(outcome: Outcome, from: Handed['from'], by: Told): Outcome {
  const variable = (setting: Setting): Setting | null => {
    if (setting.place === 'options') return from.get(setting.name) ?? (from.has(setting.name) ? null : firstOf(from));
    return isOption(setting.name) ? setting : (from.get(setting.name) ?? (from.has(setting.name) ? null : setting));
  };
  const reasons = outcome.reasons.map((reason, at) => (at === 0 ? reasonIn(reason, variable, by) : reason));
  if (outcome.kind === 'refuses') return { ...outcome, reasons, setting: outcome.setting === null ? null : variable(outcome.setting) };
  const noted = <T extends { readonly setting: Setting }>(notes: readonly T[]): T[] =>
    notes.flatMap((note) => {
      const setting = variable(note.setting);
      return setting === null ? [] : [{ ...note, setting }];
    });
  return {
    ...outcome,
    reasons,
    decidedBy: outcome.decidedBy === null ? null : variable(outcome.decidedBy),
    // What an application hands on is not its user's to delete.
    ignored: noted(outcome.ignored).map((note) => ({ ...note, harmless: false })),
    conflicts: noted(outcome.conflicts).flatMap((note) => {
      const winner = variable(note.winner);
      return winner === null ? [] : [{ ...note, winner }];
    }),
    weakTls: noted(outcome.weakTls),
  };
}

/** What the whole of `ssl` comes from: the first of its parts that anybody said. */
function firstOf(from: Handed['from']): Setting | null {
  for (const [name, variable] of from) if (isOption(name) && variable !== null) return variable;
  return null;
}

function reasonIn(reason: Reason, variable: (setting: Setting) => Setting | null, { application, connection, driver }: Told): Reason {
  const { setting } = reason;
  if (setting === undefined) {
    const main = mainOf(connection);
    return main === undefined ? reason : { ...reason, text: `\`${main}\` is not set: ${reason.text}` };
  }
  const own = variable(setting);
  if (own === setting) return reason;
  const word = quoted(setting);
  const rest = reason.text.startsWith(word) ? reason.text.slice(word.length) : null;
  if (own === null) {
    const text = rest === null ? reason.text : `${application.name} then says ${word}, which${rest}`;
    return { source: reason.source, text: `\`${mainOf(connection) ?? setting.name}\` is not set${rest === null ? ':' : ', and'} ${text}` };
  }
  // A whole query may hold anything.
  const said = quoted(own).endsWith('***`') ? `\`${own.key}\`` : quoted(own);
  const text = rest === null ? `${said}: ${reason.text}` : `${said} is ${word} to ${application.over ?? driver.title}, which${rest}`;
  return { ...reason, setting: own, text };
}

/** The variable that one would set first. */
function mainOf({ parameters = {}, switches = {}, verified = [] }: Connection): string | undefined {
  return parameters.sslmode ?? verified[0]?.[0] ?? Object.keys(switches)[0];
}
