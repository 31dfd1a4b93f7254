import { type SafeText, ownText, redactString } from '../redact.ts';
import { RULE_IDS } from '../rules/ids.ts';
import type { Disabled } from '../site.ts';
import { LineIndex, type Span } from '../text.ts';
import { spanOf } from './ast.ts';
import type { Node } from './ast.ts';
import type { SourceComment } from './comments.ts';

/** `eslint-disable`, `eslint-disable-line`, `eslint-disable-next-line`, `eslint-enable`, with the rules behind it and the reason. */
const DIRECTIVE = /^\s*eslint-(disable|disable-line|disable-next-line|enable)(?:\s+([\s\S]*))?$/;

interface Directive {
  readonly kind: string;
  /** Our rules that it names, without prefix; `null`: all rules there are. */
  readonly rules: readonly string[] | null;
  readonly reason: SafeText;
  readonly span: Span;
}

/**
 * Where ESLint's own comments switch our rules off, for tools that are not ESLint (which does so itself, and counts
 * which comments are of use). As ESLint reads them: what stands in a line comment switches no range.
 */
export function disabledBy(comments: readonly SourceComment[], source: string): readonly Disabled[] {
  if (!source.includes('eslint-disable')) return [];
  const directives = comments.flatMap((comment) => readDirective(comment, source) ?? []).sort((a, b) => a.span.start - b.span.start);
  if (directives.length === 0) return [];
  const lines = new LineIndex(source);
  return RULE_IDS.flatMap((rule) => rangesOf(rule, directives, lines, source.length));
}

function readDirective(comment: SourceComment, source: string): Directive | null {
  const match = DIRECTIVE.exec(comment.value);
  const kind = match?.[1];
  if (kind === undefined) return null;
  const span = spanOf(comment as unknown as Node);
  const forRange = kind === 'disable' || kind === 'enable';
  if (forRange && !source.startsWith('/*', span.start)) return null;
  const [names = '', ...reason] = (match?.[2] ?? '').split(/\s-{2,}\s|^-{2,}\s/);
  const rules = names.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const said = reason.join(' ').trim();
  return {
    kind,
    rules: rules.length === 0 ? null : rules.filter((name) => name.startsWith('sslmode/')).map((name) => name.slice('sslmode/'.length)),
    reason: said === '' ? ownText('an ESLint directive') : redactString(said),
    span,
  };
}

/** The stretches in which one rule is off, each with the reason that came first. */
function rangesOf(rule: string, directives: readonly Directive[], lines: LineIndex, end: number): readonly Disabled[] {
  const ranges: Disabled[] = [];
  let open: Directive | null = null;
  const close = (at: number): void => {
    if (open !== null) ranges.push({ rule, reason: open.reason, covers: { start: open.span.start, end: at } });
    open = null;
  };
  for (const directive of directives) {
    const { kind, rules, reason, span } = directive;
    if (rules?.includes(rule) === false) continue;
    if (kind === 'disable') open ??= directive;
    else if (kind === 'enable') close(span.start);
    else {
      const line = kind === 'disable-line' ? lines.position(span.start).line : lines.position(span.end).line + 1;
      if (line <= lines.count) ranges.push({ rule, reason, covers: { start: lines.startOf(line), end: line < lines.count ? lines.startOf(line + 1) : end + 1 } });
    }
  }
  close(end + 1);
  return apart(ranges);
}

/** In order, and none reaching into the next: a line inside a range that is off anyway adds nothing. */
function apart(ranges: readonly Disabled[]): readonly Disabled[] {
  const found: Disabled[] = [];
  let end = 0;
  for (const range of ranges.toSorted((a, b) => a.covers.start - b.covers.start)) {
    if (range.covers.end <= end) continue;
    found.push(range.covers.start >= end ? range : { ...range, covers: { start: end, end: range.covers.end } });
    end = range.covers.end;
  }
  return found;
}
