import type { DataPath } from '../json.ts';
import { didYouMean } from '../text-distance.ts';
import type { Schema } from './schema.ts';

/** What is wrong at one place. The message is one sentence or two, and holds nothing of the value. */
export interface SchemaProblem {
  readonly path: DataPath;
  readonly message: string;
}

type Kind = 'object' | 'array' | 'string' | 'integer';

/** More would help nobody, and keeps the report of a hostile file short. */
const MAX_PROBLEMS = 20;

/** Everything that is wrong with a value, in the order of its keys; nothing for a good one. */
export function validate(schema: Schema, value: unknown): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  check(schema, value, [], problems);
  return problems;
}

function check(schema: Schema, value: unknown, path: DataPath, problems: SchemaProblem[]): void {
  const report = (message: string, at: DataPath = path): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ path: at, message });
  };
  const kind = kindOf(value);
  const fitting = (schema.anyOf ?? [schema]).find(({ type }) => type === kind);
  if (kind === undefined || fitting === undefined) {
    report(`Expected ${expectation(schema)}, not ${nameOf(value)}.`);
  } else if (kind === 'string') {
    const text = value as string;
    if (!acceptsString(fitting, text)) report(`Expected ${expectation(fitting)}.${didYouMean(text, fitting.enum ?? fitting.examples ?? [])}`);
  } else if (kind === 'integer') {
    const { minimum = -Infinity, maximum = Infinity } = fitting;
    if ((value as number) < minimum || (value as number) > maximum) report(`Expected ${expectation(fitting)}.`);
  } else if (kind === 'array') {
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      if (fitting.items !== undefined) check(fitting.items, item, [...path, index], problems);
    }
  } else {
    checkObject(fitting, value as Readonly<Record<string, unknown>>, path, problems, report);
  }
}

function checkObject(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  path: DataPath,
  problems: SchemaProblem[],
  report: (message: string, at?: DataPath) => void,
): void {
  const properties = schema.properties ?? {};
  for (const [key, member] of Object.entries(value)) {
    const at = [...path, key];
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known !== undefined) {
      check(known, member, at, problems);
    } else if (schema.additionalProperties === false) {
      const keys = Object.keys(properties);
      report(`Unknown key.${didYouMean(key, keys) || ` Expected ${listOf(keys.filter((name) => !name.startsWith('$')))}.`}`, at);
    } else {
      const { propertyNames, additionalProperties } = schema;
      if (propertyNames !== undefined && !acceptsString(propertyNames, key)) report(`Expected ${expectation(propertyNames)} as key.`, at);
      if (additionalProperties !== undefined) check(additionalProperties, member, at, problems);
    }
  }
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) report(`The key ${key} is missing.`);
  }
}

function acceptsString(schema: Schema, value: string): boolean {
  return (
    (schema.enum?.includes(value) ?? true) &&
    value.length >= (schema.minLength ?? 0) &&
    value.length <= (schema.maxLength ?? Infinity) &&
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value))
  );
}

/** What a message says should stand there. */
function expectation(schema: Schema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.anyOf !== undefined) return schema.anyOf.map(expectation).join(', or ');
  switch (schema.type) {
    case 'string':
      return schema.enum === undefined ? 'a text' : `one of ${listOf(schema.enum)}`;
    case 'integer':
      return `a whole number from ${schema.minimum ?? '-∞'} to ${schema.maximum ?? '∞'}`;
    case 'array':
      return 'a list';
    default:
      return schema.properties === undefined ? 'a map' : `a map with ${listOf(Object.keys(schema.properties))}`;
  }
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function kindOf(value: unknown): Kind | undefined {
  if (typeof value === 'string') return 'string';
  if (Number.isInteger(value)) return 'integer';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' && value !== null ? 'object' : undefined;
}

/** What stands there instead, by its kind alone. */
function nameOf(value: unknown): string {
  switch (kindOf(value)) {
    case 'string':
      return 'a text';
    case 'integer':
      return 'a number';
    case 'array':
      return 'a list';
    case 'object':
      return 'a map';
    case undefined:
      return value === null || value === undefined ? 'nothing' : typeof value === 'boolean' ? 'true or false' : 'something else';
  }
}
