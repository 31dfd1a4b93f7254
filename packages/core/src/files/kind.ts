import type { Reading } from '../site.ts';

/** Reads a file's text. Pure, never throws, linear in the text's length; what it can't make sense of is a problem in the reading. */
export type Reader = (path: string, text: string) => Reading;

/** A kind of file that can hold connections. One folder a kind, one line in kinds.ts. */
export interface FileKind {
  readonly id: string;
  /** Decides by the name alone; `name` is the last part of the path, in lower case. */
  matches(name: string): boolean;
  /** What a file of this kind with anything in it can't do without, in lower case and ASCII; the pre-filter looks for these. Where it names none: what no kind can do without. */
  readonly needles?: readonly string[];
  /** Loads what reads it: only then is its parser imported. */
  load(): Promise<Reader>;
}
