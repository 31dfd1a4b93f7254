import type { MappedText } from '../text.ts';

/** How a program's own configuration takes a value from its environment: a pattern a kind, the first group is the name. */
const REFERENCES: readonly RegExp[] = [
  // Rails, and whatever else is ERB: `<%= ENV["X"] %>`, `<%= ENV.fetch("X") { … } %>`.
  /^<%=\s*ENV(?:\.fetch)?\s*[[(]\s*["'](\w{1,100})["']/,
  // symfony.com/doc/current/configuration/env_var_processors.html: `%env(resolve:X)%`.
  /^%env\((?:[\w:]{1,100}:)?(\w{1,100})\)%$/,
  // Go's and Jinja's templates of configurations: `{{ env "X" }}`, `{{ getenv "X" }}`, `{{ env_var('X') }}` of dbt.
  /^["']?\{\{-?\s*(?:env|getenv|env_var)\s*\(?\s*["'](\w{1,100})["']/,
  // Elixir and others in YAML: `${env:X}` of Serverless and .NET's kin.
  /^\$\{env:(\w{1,100})\}$/,
];

/** ERB with a default that is written down: `<%= ENV.fetch("X", "y") %>`, `<%= ENV.fetch("X") { "y" } %>`, `<%= ENV["X"] || "y" %>`. */
const ERB_DEFAULT = /^<%=\s*ENV(?:\.fetch)?\s*[[(]\s*["']\w{1,100}["']\s*(?:,\s*|[\])]\s*(?:\{\s*|\|\|\s*))(["'])((?:(?!\1)[^#\\]){1,1000})\1\s*\)?\s*\}?\s*-?%>$/d;

/** A connection string, or a word about TLS. A host stays hidden: what production has is another one. */
const COUNTS = /:\/\/|^(?:disable|allow|prefer|require|verify-ca|verify-full|true|false)$/;

/** The default in a reference of ERB that says something of TLS; `null` for none. */
export function erbDefault(value: MappedText): MappedText | null {
  const [start, end] = value.text.startsWith('<%=') ? (ERB_DEFAULT.exec(value.text)?.indices?.[2] ?? []) : [];
  return start === undefined || end === undefined || !COUNTS.test(value.text.slice(start, end)) ? null : value.slice(start, end);
}

/** `${X}` or `${X:default}`, and nothing else. */
const BRACES = /^\$\{([A-Za-z_]\w{0,99})(?::[^{}]{0,500})?\}$/;

/**
 * The environment variable that all of a value is taken from; `undefined` for none.
 *
 * @param fills whether `${X}` means one here.
 */
export function variableReadBy(text: string, fills: boolean): string | undefined {
  const value = text.trim();
  for (const pattern of fills ? [BRACES, ...REFERENCES] : REFERENCES) {
    const name = pattern.exec(value)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
