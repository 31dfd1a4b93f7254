import type { Driver, DriverId } from '../../drivers/driver.ts';

/** How a string says what is filled in at run time: between brackets, which may hold strings themselves, or as a plain name. */
export type Hole = readonly [open: string, close: '}' | ')'] | RegExp;

/** One way of writing a string. */
export interface Quote {
  /** What opens it, a sticky pattern. Its first group is handed to `close`. */
  readonly open: RegExp;
  readonly close: string | ((opened: string) => string);
  /** `backslash` as in C; `single`: only before the quote and a backslash; `doubled`: a quote twice is one; `none`: all is as it is. */
  readonly escapes: 'backslash' | 'backtick' | 'single' | 'doubled' | 'none';
  /** It may go on over several lines. */
  readonly lines: boolean;
  /** What is filled in at run time. */
  readonly holes?: readonly Hole[];
  /** A line break that is escaped takes the blanks behind it along (Rust). */
  readonly folds?: boolean;
  /** It is no text: a character, a name. */
  readonly ignored?: boolean;
}

/** An import that tells the driver. */
export interface Import {
  readonly pattern: RegExp;
  readonly driver: DriverId;
}

/** A programming language, as far as finding strings in it takes. One entry a language in languages.ts. */
export interface Language {
  readonly extensions: readonly string[];
  /** What its packages are listed in. */
  readonly ecosystem: keyof Driver['packages'] | null;
  /** What begins a comment that ends with the line. */
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** The longest opener first. */
  readonly quotes: readonly Quote[];
  /** What stands between two strings that become one; `''` where they only follow each other. */
  readonly joins: readonly string[];
  readonly imports: readonly Import[];
  /** What stands above a test among the program's own code. Global and by lines; its first group is the indentation, at which the test ends with a `}`. */
  readonly tests?: RegExp;
}
