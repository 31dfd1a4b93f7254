import type { Entry, Value } from '../../../value.ts';
import type { Terms } from '../terms.ts';

/** How Python makes an ssl.SSLContext, and whether that checks anything by itself (Python 3.11 Lib/ssl.py, measured: SSLContext() and PROTOCOL_TLS check nothing). */
const MAKERS: readonly (readonly [pattern: RegExp, checks: boolean])[] = [
  [/^(?:ssl\.)?create_default_context\(/, true],
  [/^(?:ssl\.)?SSLContext\(\s*(?:ssl\.)?PROTOCOL_TLS_CLIENT\b/, true],
  [/^(?:ssl\.)?(?:_create_unverified_context|_create_stdlib_context|SSLContext)\(/, false],
];

/**
 * The attributes of an SSLContext, for what stands for one: `ctx = ssl.create_default_context()` with what is assigned to
 * it below (`ctx.check_hostname = False`). What is assigned under a condition leaves it hidden.
 */
export function withContext(value: Value, terms: Terms): Value {
  if (value.kind === 'object') return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: withContext(entry.value, terms) })) };
  if (value.kind !== 'hidden' || value.name !== undefined) return value;
  const { text } = terms;
  const [, checks] = MAKERS.find(([pattern]) => pattern.test(text.slice(value.span.start, value.span.start + 80))) ?? [];
  if (checks === undefined) return value;
  const entries: Entry[] = checks ? [] : [{ name: 'verify_mode', value: { kind: 'literal', value: 'CERT_NONE', span: value.span }, span: value.span }];
  const [, indentation, name] = /(?:^|\n)([ \t]*)(\w{1,60})(?:[ \t]*:[^=\n]{1,40})?[ \t]*=[ \t]*$/.exec(text.slice(Math.max(0, value.span.start - 200), value.span.start)) ?? [];
  if (name !== undefined) {
    for (const { index, 0: whole, 1: blanks = '', 2: attribute = '', 3: word = '' } of terms.matches(new RegExp(`^([ \\t]*)${name}\\.(check_hostname|verify_mode)[ \\t]*=[ \\t]*(?:ssl\\.)?(?:VerifyMode\\.)?(\\w+)`, 'gm'))) {
      if (index < value.span.start) continue;
      if (blanks !== indentation || !/^(?:True|False|CERT_\w+)$/.test(word)) return value;
      const span = { start: index + blanks.length, end: index + whole.length };
      entries.push({ name: attribute, value: { kind: 'literal', value: word.startsWith('CERT_') ? word : word === 'True', span: { start: span.end - word.length, end: span.end } }, span });
    }
  }
  return { kind: 'object', entries, open: false, span: value.span };
}
