import type { DriverId } from '../../drivers/driver.ts';
import type { MappedText } from '../../text.ts';
import type { Value } from '../../value.ts';

/** What a call gives its driver. */
export interface Given {
  /** The connection string; `hidden` where there may be one that a variable holds; `null` where there is none. */
  readonly string: MappedText | 'hidden' | null;
  readonly options: Value | undefined;
}

/** An argument, and its text where it is a string, holes included. */
export interface Argument {
  readonly value: Value;
  readonly text: MappedText | undefined;
}

/** A package of JavaScript that opens connections. One file a library, one line in libraries/index.ts. */
export interface Library {
  readonly driver: DriverId;
  /** Its packages, each with the exports whose call or construction opens a connection; the empty name is the module itself. */
  readonly modules: Readonly<Record<string, readonly string[]>>;
  /** How the arguments become string and options. `textOf` gives the text of a value in them. */
  read(args: readonly Argument[], textOf: (value: Value) => MappedText | undefined): Given;
}

/** Whether a value is surely nothing: undefined, null or an empty text, all of which the libraries pass over. */
export function isNothing(value: Value | undefined): boolean {
  return value === undefined || (value.kind === 'literal' && (value.value === undefined || value.value === null || value.value === ''));
}
