import type { MappedText } from '../text.ts';
import type { Entry } from './entry.ts';
import { expand, isDynamic, type Expansion } from './expand.ts';
import type { Variable } from './scope.ts';

/**
 * With references filled in from what stands before them, else from what stands below and needs no filling in, else from around.
 *
 * @param shell a shell fills them in: what stays unknown is a template wherever it stands.
 */
export function variablesOf(entries: readonly Entry[], budget: Expansion['budget'], shell = false, around: Expansion['lookup'] = () => undefined): Variable[] {
  const all = new Map(entries.map((entry) => [entry.name, entry.value.text]));
  const before = new Map<string, string>();
  return entries.map(({ name, value: raw, literal, whole }): Variable => {
    const lookup = (other: string): string | undefined => {
      const known = before.get(other);
      if (known !== undefined) return known;
      const later = other === name ? undefined : all.get(other);
      return later === undefined ? around(other) : later.includes('$') ? undefined : later;
    };
    const value: MappedText = expand(raw, { lookup, escape: '\\$', budget, braces: shell, literal });
    before.set(name, value.text);
    return { name, path: name, value, span: raw.span, whole };
  });
}

/** This machine, and what GitHub Actions puts behind it: a port or nothing, whatever the condition comes to (go-vikunja/vikunja, test.yml). */
const LOOPBACK_AND_PORT = /^(localhost|127\.0\.0\.1)\$\{\{[^}]{1,200}&&\s*'(?::\d{1,5})?'\s*\|\|\s*'(?::\d{1,5})?'\s*\}\}$/;

/** The text of a value; `null` where anything in it is hidden. */
export function visible({ value }: Variable): string | null {
  if (value === 'hidden') return null;
  return isDynamic(value.text) ? (LOOPBACK_AND_PORT.exec(value.text)?.[1] ?? null) : value.text;
}
