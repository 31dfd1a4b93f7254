import type { Needles } from './needles.ts';
import type { Reading } from '../site.ts';

/** Files that one file includes; the caller brings them, for core has no disk. Paths are absolute or begin where the file's own does. Must not throw. */
export interface Includes {
  /** A file's text; `null` where there is none or it cannot be read. */
  readonly read: (path: string) => string | null;
  /** Names in a folder. */
  readonly list?: (folder: string) => readonly string[];
}

/** Reads a file's text. Never throws, linear in the text's length; what it can't make sense of is a problem in the reading. */
export type Reader = (path: string, text: string, includes?: Includes) => Reading;

/** A kind of file that can hold connections. One folder a kind, one line in kinds.ts. */
export interface FileKind {
  readonly id: string;
  /** Decides by the path alone; `name` is its last part, `folder` what stands before, with `/`, both in lower case. */
  matches(name: string, folder: string): boolean;
  /** What a file of this kind with anything in it can't do without; the pre-filter looks for these. Where it names none: what no kind can do without. */
  readonly needles?: Needles | readonly string[];
  /** Loads what reads it: only then is its parser imported. */
  load(): Promise<Reader>;
}
