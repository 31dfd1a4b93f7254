import type { Site } from '../../../site.ts';
import type { Entry, Value } from '../../../value.ts';
import type { Terms } from '../terms.ts';
import { sitesOfEntries, stringIn, type Shape } from './site.ts';

const PGX: Shape = { driver: 'pgx', takesParameters: false, form: 'url' };

/** `config, err := pgx.ParseConfig(…)`, also pgxpool's and pgconn's, whose TLSConfig is then given: what the string said of TLS is replaced by it. */
export function mapsOfGo(terms: Terms): readonly Site[] {
  if (!terms.text.includes('TLSConfig')) return [];
  return [...terms.matches(/^([ \t]*)(\w{1,60})[ \t]*,[ \t]*\w{1,60}[ \t]*:?=[ \t]*(?:pgx|pgxpool|pgconn|stdlib)\.ParseConfig(?:WithOptions)?(?=\()/gm)].flatMap((match) => {
    const [whole, indentation = '', name = ''] = match;
    const given = terms.argumentsAt(match.index + whole.length);
    const [first] = given?.positional ?? [];
    const entry = given === null ? undefined : tlsOf(terms, name, given.span.end, indentation);
    if (given === null || first === undefined || entry === undefined) return [];
    return sitesOfEntries([entry], PGX, terms, { start: match.index + indentation.length, end: given.span.end }, { string: stringIn(first) ?? 'hidden' });
  });
}

/** The last that is given, up to the end of the function. */
function tlsOf(terms: Terms, name: string, from: number, indentation: string): Entry | undefined {
  const close = terms.text.indexOf('\n}', from);
  const pattern = new RegExp(`^([ \\t]*)${name}\\.(?:ConnConfig\\.|Config\\.)*TLSConfig(\\.InsecureSkipVerify)?[ \\t]*=(?!=)[ \\t]*`, 'gm');
  const match = [...terms.matches(pattern)].findLast(({ index }) => index > from && (close < 0 || index < close));
  if (match === undefined) return undefined;
  const start = match.index + (match[1] ?? '').length;
  const value = terms.valueFrom(match.index + match[0].length);
  const span = { start, end: value.span.end };
  // Under a condition: it may be or not.
  if (match[1] !== indentation) return { name: 'TLSConfig', value: { kind: 'hidden', span: value.span }, span };
  if (match[2] !== undefined) return { name: 'TLSConfig', value: { kind: 'object', entries: [{ name: 'InsecureSkipVerify', value, span }], open: false, span }, span };
  return { name: 'TLSConfig', value: value.kind === 'hidden' ? configOf(terms, value) : value, span };
}

/** `&tls.Config{…}`, there or under the one name that is given it. One with checks of its own could do anything. */
function configOf(terms: Terms, value: Value): Value {
  const hidden: Value = { kind: 'hidden', span: value.span };
  const written = terms.text.slice(value.span.start, value.span.end);
  let at = /^&?tls\.Config(?=\{)/.exec(written) === null ? -1 : value.span.start + written.indexOf('{');
  if (at < 0 && /^\w{1,60}$/.test(written)) {
    const [only, ...more] = [...terms.matches(new RegExp(`\\b${written}(?:[ \\t]*:?=[ \\t]*&?tls\\.Config(?=\\{)|\\.\\w+[ \\t]*=(?!=))`, 'g'))];
    at = only === undefined || more.length > 0 || !only[0].includes('tls.Config') ? -1 : only.index + only[0].length;
  }
  const config = at < 0 ? null : terms.argumentsAt(at);
  if (config === null || config.open || config.positional.length > 0 || config.entries.some(({ name }) => /^Verify|^GetConfig/.test(name))) return hidden;
  return { kind: 'object', entries: config.entries, open: false, span: config.span };
}
