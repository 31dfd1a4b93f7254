import type { Span } from '../text.ts';

/** How a connection is written down. `server` is a server's configuration, the others are clients'. */
export type Form = 'url' | 'keyword-value' | 'jdbc' | 'ado' | 'options' | 'group' | 'server';

/** Where a setting is written: in a connection string, in an options object, or as an environment variable. */
export type Place = 'string' | 'options' | 'environment';

/** One name with its value, as written. */
export interface Setting {
  /** libpq's name where it has one (`host`, `dbname`, `sslmode`), else as written; in options the path, `ssl.rejectUnauthorized`. */
  readonly name: string;
  /** The name as written. Drivers that are strict about spelling look at this. */
  readonly key: string;
  /** Decoded; `null` where a template or variable hides it. */
  readonly value: string | null;
  readonly place: Place;
  /** The raw value, without its quotes. */
  readonly span: Span;
  /** Everything that has to go when the setting goes: name, value and one separator. */
  readonly whole: Span;
  /**
   * Which of several hosts a `host`, `hostaddr` or `port` belongs to, from 0. Not there where only one is written: a
   * single `port=` then counts for every host.
   */
  readonly index?: number;
  /** The environment variable that gives the value, where that is hidden. */
  readonly reads?: string;
  /** In options: the value alone, where `span` is the whole property. */
  readonly valueSpan?: Span;
}

/** Why a text is not what it should be. */
export interface Problem {
  /** One sentence. Never holds any part of the input: that may be a password. */
  readonly message: string;
  readonly span: Span;
}

/** A connection string taken apart. Never thrown away: what is wrong with it stands in `problem`, what could be read in `settings`. */
export interface ParsedString {
  readonly form: 'url' | 'keyword-value' | 'jdbc' | 'ado';
  /** The whole text, as given. */
  readonly text: string;
  /** Scheme of a URL in lower case, without `:` (`postgres`, `postgresql+asyncpg`, `jdbc:postgresql`); `pdo:pgsql` and `dbi:pg` for the name of a data source (dsn.ts); `null` for the others, and for a URL of which a template hides it (`${DATABASE_URL}?sslmode=require`). */
  readonly scheme: string | null;
  /** In source order, repeats kept; several hosts are several `host` and `port` settings. Spans are offsets in `text`. */
  readonly settings: readonly Setting[];
  /** What the grammar of the form (libpq's for `url` and `keyword-value`) refuses; `null` for nothing. */
  readonly problem: Problem | null;
  /** Template parts: `${X}`, `{{ .Values.x }}`, `$(X)`, `%(X)s`, `<placeholder>`. */
  readonly templates: readonly Span[];
  /** A template part may hold further settings (`postgres://…/app${SUFFIX}`, `…?${QUERY}`), so what is not written may be there all the same. */
  readonly open: boolean;
}
