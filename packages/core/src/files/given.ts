import { expand } from './expand.ts';
import { findStrings } from './strings.ts';
import { isTlsVariable, isWritten, roleOf } from './group.ts';
import type { Claim, GivenVariable, Reading, Site } from '../site.ts';
import { movedSpan, movedValue } from '../joined.ts';
import type { Setting } from '../settings/setting.ts';
import { MappedText } from '../text.ts';
import type { Value } from '../value.ts';

/** What a program is given by a file of variables, by name. */
export type Environment = ReadonlyMap<string, GivenVariable>;

/** Names of the environment variables that a connection in code takes its values from. */
export function namesRead(site: Site): readonly string[] {
  const { reads, options, members } = site;
  const string = stringToFill(site);
  const inString = string !== null ? [...string.text.matchAll(/\$\{([A-Za-z_]\w*)[}:]/g)].map(([, name = '']) => name) : [];
  return [...(reads === undefined ? [] : [reads]), ...inString, ...members.flatMap((setting) => setting.reads ?? []), ...hiddenNames(options)];
}

/** Names of the variables by which what a file gives can change a connection in code. */
export function namesGiven({ environments = [] }: Pick<Reading, 'environments'>): ReadonlySet<string> {
  return new Set(environments.flatMap(({ variables }) => variables.filter(({ name, value }) => value !== 'hidden' && value.text !== '' && isTelling(name)).map(({ name }) => name)));
}

/** A password alone says nothing of where a connection leads, nor of TLS. */
function isTelling(name: string): boolean {
  return !/^(?:user|password|port|dbname)$/.test(roleOf(name)?.role ?? '');
}

/** The string with references to variables in it; `null` where there is none, or nobody fills them in. */
function stringToFill({ string, unfilled, fills }: Site): MappedText | null {
  return fills !== true || string === null || string === 'hidden' ? null : (unfilled ?? string);
}

/** What one value of a string may grow by. */
const BUDGET = 10_000;

/**
 * A connection in code with the values that an environment gives it: driver and options from here, the values from
 * there. `null` where it gives none that tell where the connection leads.
 *
 * @param by what offsets of the environment have to be moved by.
 */
export function givenBy(site: Site, environment: Environment, by: number): { readonly site: Site; readonly claims: readonly Claim[] } | null {
  // This environment takes the other branch.
  if (site.tests?.some(({ name, is, holds }) => fails(environment.get(name), is, holds)) === true) return null;
  const claims: Claim[] = [];
  const driver = site.driver?.id ?? site.hints[0];
  const value = (name: string): MappedText | undefined => {
    const found = environment.get(name)?.value;
    if (found === undefined || found === 'hidden') return undefined;
    const moved = movedValue(found, by);
    return moved === 'hidden' ? undefined : moved;
  };
  const claim = (text: MappedText): void => void claims.push({ at: text.span.start, joins: true, ...(driver !== undefined && { driver }) });
  const telling: string[] = [];
  const taken = (name: string): MappedText | undefined => {
    const text = value(name);
    if (text === undefined || text.text === '') return undefined;
    claim(text);
    if (isTelling(name)) telling.push(name);
    return text;
  };
  const [string, ...more] = site.reads !== undefined ? findStrings(value(site.reads) ?? MappedText.verbatim('', 0, 0)) : [];
  if (more.length > 0 || (site.string === 'hidden' && string === undefined)) return null;
  if (string !== undefined) claim(string.text);
  const toFill = string === undefined ? stringToFill(site) : null;
  const written = toFill !== null ? expand(toFill, { lookup: (name) => taken(name)?.text, escape: '$$', bareColon: true, budget: { left: BUDGET } }) : site.string;
  const members = site.members.map((setting): Setting => {
    const text = setting.reads === undefined ? undefined : taken(setting.reads);
    return text === undefined ? setting : { ...setting, value: text.text.trim(), span: text.span, whole: text.span };
  });
  const options = filled(site.options, taken);
  if (string === undefined && telling.length === 0) return null;
  const names = new Set(site.environment.map(({ name }) => name));
  const tls = [...environment.values()].filter((variable) => isTlsVariable(variable.name) && isWritten(variable.value) && !names.has(variable.name));
  const given = claims.map(({ at }) => ({ start: at, end: at })).filter(({ start }) => start !== string?.text.span.start);
  return {
    site: {
      ...site,
      string: written,
      ...(string !== undefined && { form: string.form, string: string.text, span: string.text.span, key: site.reads ?? null }),
      members,
      options,
      environment: [...site.environment, ...tls.map((variable) => settingOf(variable, by))],
      joins: true,
      ...(string !== undefined && { reader: site.span }),
      ...(given.length > 0 && { given }),
    },
    claims,
  };
}

function fails(variable: GivenVariable | undefined, is: string | null, holds: boolean): boolean {
  if (variable === undefined || variable.value === 'hidden') return false;
  const { text } = variable.value;
  return (is === null ? text !== '' : text === is) !== holds;
}

function settingOf({ name, value, span, whole }: GivenVariable, by: number): Setting {
  return { name, key: name, value: value === 'hidden' ? null : value.text, place: 'environment', span: movedSpan(span, by), whole: movedSpan(whole, by) };
}

function hiddenNames(value: Value | undefined, depth = 0): readonly string[] {
  if (value?.kind !== 'object' || depth > 3) return [];
  return value.entries.flatMap((entry) => (entry.value.kind === 'hidden' && entry.value.name !== undefined ? [entry.value.name] : hiddenNames(entry.value, depth + 1)));
}

function filled(value: Value | undefined, read: (name: string) => MappedText | undefined, depth = 0): Value | undefined {
  if (value?.kind !== 'object' || depth > 3) return value;
  const entries = value.entries.map((entry) => {
    const { value: inner } = entry;
    if (inner.kind !== 'hidden' || inner.name === undefined) return { ...entry, value: filled(inner, read, depth + 1) ?? inner };
    const text = read(inner.name);
    if (text === undefined) return entry;
    // A comparison is worth what it comes to; anything else is the variable's text.
    const known: Value = inner.is === undefined ? { kind: 'literal', value: text.text, span: text.span, text } : { kind: 'literal', value: (text.text === inner.is.text) === inner.is.holds, span: text.span };
    return { ...entry, value: known };
  });
  return { ...value, entries };
}
