import type { Reading } from '../site.ts';

/** Reads a file's text. Pure, never throws, linear in the text's length; what it can't make sense of is a problem in the reading. */
export type Reader = (path: string, text: string) => Reading;

/** A kind of file that can hold connections. One folder a kind, one line in kinds.ts. */
export interface FileKind {
  readonly id: string;
  /** Decides by the name alone; `name` is the last part of the path, in lower case. */
  matches(name: string): boolean;
  /** Loads what reads it: only then is its parser imported. */
  load(): Promise<Reader>;
}
