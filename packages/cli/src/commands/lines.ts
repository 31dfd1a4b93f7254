import type { Io } from '../io.ts';

/** Standard input as one string: the line feed that `echo` adds is not part of it. */
export async function lineFrom(io: Io): Promise<string> {
  return new TextDecoder().decode(await io.readStdin()).replace(/\r?\n$/, '');
}
