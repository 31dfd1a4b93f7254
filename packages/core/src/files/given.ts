import { findStrings } from './strings.ts';
import { isTlsVariable, isWritten } from './group.ts';
import type { Claim, Site, GivenVariable } from '../site.ts';
import { movedSpan, movedValue } from '../joined.ts';
import type { Setting } from '../settings/setting.ts';
import { MappedText } from '../text.ts';
import type { Value } from '../value.ts';

/** What a program is given by a file of variables, by name. */
export type Environment = ReadonlyMap<string, GivenVariable>;

/** Names of the environment variables that a connection in code takes its values from. */
export function namesRead({ reads, options }: Site): readonly string[] {
  return [...(reads === undefined ? [] : [reads]), ...hiddenNames(options)];
}

/**
 * A connection in code with the values that an environment gives it: driver and options from here, the values from
 * there. `null` where it gives none that tell where the connection leads.
 *
 * @param by what offsets of the environment have to be moved by.
 */
export function givenBy(site: Site, environment: Environment, by: number): { readonly site: Site; readonly claims: readonly Claim[] } | null {
  const claims: Claim[] = [];
  const driver = site.driver?.id ?? site.hints[0];
  const value = (name: string): MappedText | undefined => {
    const found = environment.get(name)?.value;
    if (found === undefined || found === 'hidden') return undefined;
    const moved = movedValue(found, by);
    return moved === 'hidden' ? undefined : moved;
  };
  const claim = (text: MappedText): void => void claims.push({ at: text.span.start, joins: true, ...(driver !== undefined && { driver }) });
  const [string, ...more] = site.string === 'hidden' && site.reads !== undefined ? findStrings(value(site.reads) ?? MappedText.verbatim('', 0, 0)) : [];
  if (site.string === 'hidden' && (string === undefined || more.length > 0)) return null;
  if (string !== undefined) claim(string.text);
  const options = filled(site.options, (name) => {
    const text = value(name);
    if (text !== undefined) claim(text);
    return text;
  });
  if (claims.length === 0) return null;
  const names = new Set(site.environment.map(({ name }) => name));
  const tls = [...environment.values()].filter((variable) => isTlsVariable(variable.name) && isWritten(variable.value) && !names.has(variable.name));
  return {
    site: {
      ...site,
      ...(string !== undefined && { form: string.form, string: string.text, span: string.text.span, key: site.reads ?? null }),
      options,
      environment: [...site.environment, ...tls.map((variable) => settingOf(variable, by))],
      joins: true,
      ...(string !== undefined && { reader: site.span }),
    },
    claims,
  };
}

function settingOf({ name, value, span, whole }: GivenVariable, by: number): Setting {
  return { name, key: name, value: value === 'hidden' ? null : value.text, place: 'environment', span: movedSpan(span, by), whole: movedSpan(whole, by) };
}

/** TLS options are left to the code: what a program makes of a variable's text there is not known. */
const PLACES: ReadonlySet<string> = new Set(['host', 'hostname', 'path', 'port', 'user', 'username', 'database', 'db', 'password']);

function hiddenNames(value: Value | undefined, depth = 0): readonly string[] {
  if (value?.kind !== 'object' || depth > 3) return [];
  return value.entries.flatMap((entry) => (entry.value.kind === 'hidden' && entry.value.name !== undefined && PLACES.has(entry.name) ? [entry.value.name] : hiddenNames(entry.value, depth + 1)));
}

function filled(value: Value | undefined, read: (name: string) => MappedText | undefined, depth = 0): Value | undefined {
  if (value?.kind !== 'object' || depth > 3) return value;
  const entries = value.entries.map((entry) => {
    const { value: inner, name } = entry;
    if (inner.kind !== 'hidden' || inner.name === undefined || !PLACES.has(name)) return { ...entry, value: filled(inner, read, depth + 1) ?? inner };
    const text = read(inner.name);
    return text === undefined || text.text === '' ? entry : { ...entry, value: { kind: 'literal', value: text.text, span: text.span, text } as const };
  });
  return { ...value, entries };
}
