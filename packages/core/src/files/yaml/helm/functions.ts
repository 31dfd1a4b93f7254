import { MappedText, MappedTextBuilder, type Span } from '../../../text.ts';
import { isTrue, mapOf, NIL, textOf, type Value } from './values.ts';

/** What a function makes of its arguments; `null` where that is not known. */
type Helper = (args: readonly Value[], shown: readonly MappedText[]) => Value | null;

/** Values grow by functions; real ones stay far below. */
const MAX_LENGTH = 50_000;

/** A stretch of source for what a function makes of nothing: `true`, `{}`. */
const NOWHERE = { start: 0, end: 0 };

function bool(is: boolean | null): Value | null {
  return is === null ? null : textOf(MappedText.whole(String(is), NOWHERE), [], 'bool');
}

function onText(change: (text: MappedText, ...args: readonly string[]) => MappedText | null): Helper {
  return (args) => {
    const [last, ...others] = args.toReversed();
    const words = others.toReversed().map((each) => (each.kind === 'text' ? each.text.text : null));
    if (last?.kind !== 'text' || words.includes(null)) return null;
    const text = change(last.text, ...words.flatMap((word) => word ?? []));
    return text === null || text.text.length > MAX_LENGTH ? null : { ...last, type: 'string', text };
  };
}

function mapped(text: MappedText, to: string): MappedText {
  return to === text.text ? text : MappedText.whole(to, text.span);
}

/** In quotes, where there is something to escape as a whole. What is empty or not known is quoted too. */
function quoted(mark: string, escape: (text: string) => string): Helper {
  return ([value], [shown]) => {
    const text = value?.kind === 'text' && isTrue(value) !== false ? value.text : value?.kind === 'text' && value.type !== 'string' ? value.text : shown;
    if (text === undefined || value === undefined || value.kind === 'map' || value.kind === 'list') return null;
    const place = { start: text.span.start, end: text.span.start };
    const inner = mapped(text, escape(text.text));
    const builder = new MappedTextBuilder().add(mark, place, true).addPart(inner, 0, inner.text.length).add(mark, { start: text.span.end, end: text.span.end }, true);
    return textOf(builder.build(text.span.start), value.kind === 'text' ? value.from : []);
  };
}

function indented(count: string | undefined, text: MappedText, begins: boolean): MappedText | null {
  const width = Number(count);
  if (!Number.isInteger(width) || width < 0 || width > 100) return null;
  const builder = new MappedTextBuilder();
  const { start } = text.span;
  if (begins) builder.add('\n', { start, end: start }, true);
  let at = 0;
  while (at <= text.text.length) {
    const newline = text.text.indexOf('\n', at);
    const next = newline < 0 ? text.text.length : newline + 1;
    const place = text.toSource({ start: at, end: at }).start;
    builder.add(' '.repeat(width), { start: place, end: place }, true).addPart(text, at, next);
    if (newline < 0) break;
    at = next;
  }
  return builder.build(start);
}

/** The function of Go's `fmt`, with the verbs that charts use. */
function printf(args: readonly Value[], shown: readonly MappedText[]): Value | null {
  const [format, ...values] = args;
  if (format?.kind !== 'text') return null;
  const { text } = format;
  const builder = new MappedTextBuilder();
  const from: Span[] = [];
  let at = 0;
  let used = 0;
  const verbs = [...text.text.matchAll(/%(?:[sdvqt]|%)/g)];
  const [only] = verbs;
  if (verbs.length === 1 && only?.[0] !== '%%' && text.text === only?.[0]) return values[0] ?? null;
  for (const { 0: verb, index } of verbs) {
    builder.addPart(text, at, index);
    at = index + verb.length;
    const place = text.toSource({ start: index, end: at });
    if (verb === '%%') {
      builder.add('%', place, true);
      continue;
    }
    const value = values[used];
    const written = value?.kind === 'text' && value.text.text !== '' ? value.text.text : shown[used + 1]?.text;
    used++;
    if (value === undefined || written === undefined || value.kind === 'map' || value.kind === 'list') return null;
    builder.add(verb === '%q' ? JSON.stringify(written) : written, place, true);
    if (value.kind === 'text') from.push(...value.from);
  }
  builder.addPart(text, at, text.text.length);
  return textOf(builder.build(text.span.start), [...format.from, ...from]);
}

function firstTrue(values: readonly Value[]): Value | null {
  for (const value of values) {
    const is = isTrue(value);
    if (is !== false) return is === null ? null : value;
  }
  return values.at(-1) ?? NIL;
}

function same(a: Value | undefined, b: Value | undefined): boolean | null {
  const word = (value: Value | undefined): string | null => (value?.kind === 'text' ? value.text.text : value?.kind === 'nothing' && value.isNil ? '' : null);
  const [one, other] = [word(a), word(b)];
  return one === null || other === null ? null : one === other;
}

function every(values: readonly Value[]): Value | null {
  for (const value of values.slice(0, -1)) {
    const is = isTrue(value);
    if (is !== true) return is === null ? null : value;
  }
  return values.at(-1) ?? null;
}

function some(values: readonly Value[]): Value | null {
  for (const value of values.slice(0, -1)) {
    const is = isTrue(value);
    if (is !== false) return is === null ? null : value;
  }
  return values.at(-1) ?? null;
}

function not(is: boolean | null): boolean | null {
  return is === null ? null : !is;
}

const NO_NAME = '(-?[^a-z\\d\\-])+-?';

const truncated = onText((text, count) => {
  const length = Number(count);
  // A part of a reference is none.
  return length < 0 || (text.text.length > length && text.text.includes('$(')) ? null : text.slice(0, Math.min(length, text.text.length));
});

/** Of Go's templates (pkg.go.dev/text/template#hdr-Functions), Sprig (masterminds.github.io/sprig) and Helm (helm.sh/docs/chart_template_guide/function_list). */
const FUNCTIONS: ReadonlyMap<string, Helper> = new Map<string, Helper>([
  ['printf', printf],
  ['default', ([otherwise, value]) => (value === undefined ? null : isTrue(value) === false ? (otherwise ?? null) : value)],
  ['coalesce', firstTrue],
  ['required', ([, value]) => value ?? null],
  ['quote', quoted('"', (text) => text.replaceAll(/["\\]/g, (sign) => `\\${sign}`))],
  ['squote', quoted("'", (text) => text.replaceAll("'", "''"))],
  ['toString', ([value]) => (value?.kind === 'text' ? { ...value, type: 'string' } : null)],
  ...['int', 'int64', 'float64'].map((name): [string, Helper] => [name, ([value]) => (value?.kind === 'text' && /^-?\d+$/.test(value.text.text) ? { ...value, type: 'number' } : null)]),
  ['ternary', ([yes, no, test]) => (test === undefined || isTrue(test) === null ? null : ((isTrue(test) === true ? yes : no) ?? null))],
  ['trim', onText((text) => text.slice(text.text.length - text.text.trimStart().length, Math.max(text.text.trimEnd().length, text.text.length - text.text.trimStart().length)))],
  ['trimSuffix', onText((text, suffix = '') => (suffix !== '' && text.text.endsWith(suffix) ? text.slice(0, text.text.length - suffix.length) : text))],
  ['trimPrefix', onText((text, prefix = '') => (prefix !== '' && text.text.startsWith(prefix) ? text.slice(prefix.length, text.text.length) : text))],
  ['trimAll', onText((text, signs = '') => (signs !== '' && (text.text.startsWith(signs) || text.text.endsWith(signs)) ? null : text))],
  ['trunc', truncated],
  ['lower', onText((text) => mapped(text, text.text.toLowerCase()))],
  ['upper', onText((text) => mapped(text, text.text.toUpperCase()))],
  ['replace', onText((text, old = '', put = '') => (text.text.includes('$(') || old === '' ? null : mapped(text, text.text.replaceAll(old, put))))],
  // Bitnami's common library cleans names of releases so. A stranger's pattern is not run.
  ['regexReplaceAll', ([pattern, text]) => (pattern?.kind === 'text' && pattern.text.text === NO_NAME && text?.kind === 'text' && /^[a-z\d-]+$/.test(text.text.text) ? text : null)],
  ['urlquery', onText((text) => (text.text.includes('$(') ? text : mapped(text, encodeURIComponent(text.text).replaceAll('%20', '+'))))],
  ['indent', onText((text, count) => indented(count, text, false))],
  ['nindent', onText((text, count) => indented(count, text, true))],
  ['toYaml', ([value]) => (value === undefined || value.kind === 'nothing' ? null : value.kind === 'text' ? value : value.keys.length === 0 ? textOf(MappedText.whole(value.kind === 'map' ? '{}' : '[]', NOWHERE)) : value.lines)],
  ['eq', ([value, ...others]) => { const all = others.map((other) => same(value, other)); return bool(all.includes(true) ? true : all.includes(null) ? null : false); }],
  ['ne', ([one, other]) => bool(not(same(one, other)))],
  ['not', ([value]) => bool(value === undefined ? null : not(isTrue(value)))],
  ['empty', ([value]) => bool(value === undefined ? null : not(isTrue(value)))],
  ['and', every],
  ['or', some],
  ['contains', ([part, text]) => bool(part?.kind === 'text' && text?.kind === 'text' ? text.text.text.includes(part.text.text) : null)],
  ['hasKey', ([map, key]) => bool(map?.kind === 'map' && key?.kind === 'text' ? map.keys.includes(key.text.text) : null)],
  ...['get', 'index'].map((name): [string, Helper] => [name, ([of, ...keys]) => keys.reduce<Value | null>((value, key) => (value === null || value.kind === 'text' || value.kind === 'nothing' || key.kind !== 'text' ? null : value.get(key.text.text)), of ?? null)]),
  ['list', (items) => ({ kind: 'list', keys: items.map((_, at) => String(at)), get: (key) => items[Number(key)] ?? NIL, lines: null })],
  ['dict', (args) => mapOf(new Map(args.flatMap((key, at) => (at % 2 === 0 && key.kind === 'text' ? [[key.text.text, args[at + 1] ?? NIL] as const] : []))))],
]);

/** Calls a function; `null` where it is none that we know, or what it gives is not known. */
export function call(name: string, args: readonly Value[], shown: readonly MappedText[]): Value | null {
  return FUNCTIONS.get(name)?.(args, shown) ?? null;
}

