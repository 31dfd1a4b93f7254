import { parseArgs } from 'node:util';
import { didYouMean, redactString } from '@sslmode/core';
import { UsageError } from './io.ts';

/** One option of a command. */
export interface OptionSpec {
  readonly name: string;
  /** What its value stands for in the help (`MODE`); without it the option takes none. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly short?: string;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** One line for the help. */
  readonly help: string;
}

/** What the user typed after the command. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of an option; of one given twice, the last. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** A whole number from 0. */
  count(name: string): number | undefined {
    const text = this.get(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--${name} takes a whole number, not ${quoted(text)}.`);
    return Number(text);
  }
}

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { name: 'color', value: 'WHEN', choices: ['auto', 'always', 'never'], help: 'auto (only on a terminal, the default), always or never' },
  { name: 'help', short: 'h', help: 'show this help' },
  { name: 'version', short: 'V', help: 'show the version' },
];

/** Takes arguments apart by a command's options. Throws a UsageError that says what is wrong and what was probably meant. */
export function parseArguments(args: readonly string[], specs: readonly OptionSpec[]): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      specs.map(({ name, value, short }) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short === undefined ? {} : { short }) },
      ]),
    ),
  });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specs.find(({ name }) => name === token.name);
    if (spec === undefined) throw new UsageError(unknownOption(token.rawName, specs));
    const value = valueFor(spec, token.value, token.inlineValue === true);
    const former = spec.multiple === true ? (values.get(spec.name) ?? []) : [];
    values.set(spec.name, [...former, value]);
  }
  return new Arguments(positionals, values);
}

function valueFor(spec: OptionSpec, value: string | undefined, inline: boolean): string {
  if (spec.value === undefined) {
    if (inline) throw new UsageError(`--${spec.name} takes no value.`);
    return '';
  }
  // `--config --quiet`: the value was forgotten. One that begins with a dash can be given after `=`.
  if (value === undefined || (!inline && value.length > 1 && value.startsWith('-'))) {
    throw new UsageError(`--${spec.name} needs a value: --${spec.name} ${spec.value}`);
  }
  if (spec.choices !== undefined) checkChoice(`--${spec.name}`, value, spec.choices);
  return value;
}

/** Throws a UsageError where `value` is none of `choices`. */
export function checkChoice(option: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new UsageError(`${option} takes ${alternatives(choices)}, not ${quoted(value)}.${didYouMean(value, choices)}`);
}

function unknownOption(rawName: string, specs: readonly OptionSpec[]): string {
  return `There is no option ${quoted(rawName)}.${didYouMean(rawName, specs.map(({ name }) => `--${name}`))}`;
}

/** `a, b or c` */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** What a user typed, for a message: in quotes, on one line, of bounded length, and without its secrets: a connection string is easily put in the wrong place. */
export function quoted(text: string): string {
  const shown = redactString(text);
  return JSON.stringify(shown.length > 80 ? `${shown.slice(0, 80)}…` : shown);
}
