import { closers, findTemplates, isTemplateWord } from '../settings/template.ts';
import { MappedTextBuilder, type MappedText } from '../text.ts';

/** References to secret stores that stand for a whole value: 1Password, Vault, vals, AWS, Azure, GCP; and what SOPS and EJSON encrypted. */
const STORE = /^(?:(?:op|vault|secret|ref\+\w+|ssm|aws-ssm|secretsmanager|keyvault|awssm|gcpsm):|(?:ENC|EJ)\[)/i;

/** True where a template stands anywhere in the text, or the text is one reference: something else decides what it is. */
export function isDynamic(text: string): boolean {
  return findTemplates(text).length > 0 || isTemplateWord(text.trim()) || STORE.test(text);
}

/** True where the text is nothing but references: all that it holds is hidden. */
export function isReference(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return false;
  if (STORE.test(trimmed) || isTemplateWord(trimmed)) return true;
  let rest = '';
  let at = 0;
  for (const { start, end } of findTemplates(trimmed)) {
    rest += trimmed.slice(at, start);
    at = end;
  }
  return at > 0 && (rest + trimmed.slice(at)).trim() === '';
}

/** How references to variables are written in a kind of file. */
export interface Expansion {
  /** The value of a variable that the same file gives; `undefined` for none. */
  readonly lookup: (name: string) => string | undefined;
  /** What takes the `$` its meaning: `\$` in .env files, `$$` in Compose. */
  readonly escape: '\\$' | '$$';
  /** Spring writes a default after a bare colon: `${X:default}`. */
  readonly bareColon?: boolean;
  /** `$X` that stays unknown is given braces, so that it is a template in any place: only in a shell it surely is one. */
  readonly braces?: boolean;
  /** How many units variables may still add to the values of this file: those that double each other must not fill the memory. */
  readonly budget: { left: number };
  /** True for offsets that are left as they are (single quotes). */
  readonly literal?: (at: number) => boolean;
}

/** A budget for one file; real ones need a hundredth of it. */
export const FILE_BUDGET = 500_000;

/** How deep defaults may stand in defaults. */
const MAX_DEPTH = 20;

/**
 * The value with `${X}`, `${X:-default}` and `$X` filled in as far as the file tells. A default maps to its own
 * source, a variable's value to the whole reference; what stays unknown is left as it is written.
 */
export function expand(value: MappedText, expansion: Expansion): MappedText {
  if (!value.text.includes('$')) return value;
  const builder = new MappedTextBuilder();
  const state = { closed: closers(value.text, '{', '}') };
  expandInto(builder, value, { from: 0, to: value.text.length, depth: 0 }, expansion, state);
  return builder.build(value.span.start);
}

function expandInto(
  builder: MappedTextBuilder,
  value: MappedText,
  range: { readonly from: number; readonly to: number; readonly depth: number },
  expansion: Expansion,
  state: { readonly closed: ReadonlyMap<number, number> },
): void {
  const { text } = value;
  const { to, depth } = range;
  let copied = range.from;
  let dollar = text.indexOf('$', copied);
  while (dollar >= 0 && dollar < to) {
    let next = dollar + 1;
    if (expansion.literal?.(dollar) !== true) {
      const escape = escapeAt(text, dollar, copied, expansion.escape);
      const reference = escape === null ? referenceAt(text, dollar, state.closed, expansion.bareColon === true) : null;
      if (escape !== null) {
        builder.addPart(value, copied, escape.start);
        builder.add('$', value.toSource(escape), true);
        copied = next = escape.end;
      } else if (reference !== null && reference.end <= to) {
        next = reference.end;
        const known = expansion.lookup(reference.name);
        if (known === undefined && expansion.braces === true && text[dollar + 1] !== '{') {
          builder.addPart(value, copied, dollar).add(`\${${reference.name}}`, value.toSource({ start: dollar, end: next }), true);
          copied = next;
        }
        const counts = known !== undefined && (known !== '' || reference.rest === null) && known.length <= expansion.budget.left;
        if (counts || (reference.rest !== null && depth < MAX_DEPTH)) {
          builder.addPart(value, copied, dollar);
          copied = next;
          if (counts) {
            expansion.budget.left -= known.length;
            builder.add(known, value.toSource({ start: dollar, end: next }), true);
          } else if (reference.rest !== null) {
            const inner = { from: reference.rest, to: next - 1, depth: depth + 1 };
            // What holds settings keeps its own place. A name maps to the whole reference, so that what is written behind it stays behind it.
            if (/=|:\/\//.test(text.slice(inner.from, inner.to))) expandInto(builder, value, inner, expansion, state);
            else {
              const name = new MappedTextBuilder();
              expandInto(name, value, inner, expansion, state);
              builder.add(name.build(0).text, value.toSource({ start: dollar, end: next }), true);
            }
          }
        }
      }
    }
    dollar = text.indexOf('$', next);
  }
  builder.addPart(value, copied, to);
}

function escapeAt(text: string, dollar: number, from: number, escape: Expansion['escape']): { start: number; end: number } | null {
  if (escape === '$$') return text[dollar + 1] === '$' ? { start: dollar, end: dollar + 2 } : null;
  return dollar > from && text[dollar - 1] === '\\' ? { start: dollar - 1, end: dollar + 1 } : null;
}

const BRACED = /([A-Za-z_][\w.-]*?)(?:(:?[-=])|(:))/y;
const BRACED_ALONE = /([A-Za-z_][\w.-]*)\}/y;
const BARE = /[A-Za-z_]\w*/y;

/** A reference at a `$`; `rest` is where its default begins. `${X:?message}` and `${X:+other}` are left as they are. */
function referenceAt(
  text: string,
  dollar: number,
  closed: ReadonlyMap<number, number>,
  bareColon: boolean,
): { name: string; rest: number | null; end: number } | null {
  if (text[dollar + 1] !== '{') {
    const name = exec(BARE, text, dollar + 1)?.[0];
    if (name === undefined) return null;
    return { name, rest: null, end: dollar + 1 + name.length };
  }
  const alone = exec(BRACED_ALONE, text, dollar + 2);
  if (alone?.[1] !== undefined) return { name: alone[1], rest: null, end: dollar + 2 + alone[0].length };
  const withDefault = exec(BRACED, text, dollar + 2);
  if (withDefault?.[1] === undefined || (withDefault[3] !== undefined && !bareColon)) return null;
  const close = closed.get(dollar + 1);
  return close === undefined ? null : { name: withDefault[1], rest: dollar + 2 + withDefault[0].length, end: close + 1 };
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
