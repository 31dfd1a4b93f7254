import { textAround } from './joined.ts';
import type { Judgement } from './judge/judgement.ts';
import { ownText } from './redact.ts';
import type { RuleProblem } from './rules/rule.ts';
import type { Reading, Site } from './site.ts';
import { LineIndex, type Span } from './text.ts';

type Crossing = NonNullable<Site['crossings']>[number];

/**
 * A problem with what another module gives: it stands where the file uses that, and says where it is written. What
 * would have to be changed there is for whoever opens that file: no suggestion edits two.
 */
export function atUse(problem: RuleProblem, { site, decidedBy }: Judgement, joined: Reading['joined']): RuleProblem {
  const { crossings = [] } = site;
  const [first] = joined ?? [];
  if (first === undefined || crossings.length === 0) return problem;
  const isElsewhere = ({ start }: Span): boolean => start >= first.start;
  const valueSpan = decidedBy !== null && isSame(decidedBy.span, problem.span) ? decidedBy.valueSpan : undefined;
  const written = isElsewhere(problem.span) ? problem.span : valueSpan !== undefined && isElsewhere(valueSpan) ? valueSpan : usedIn(problem.span, crossings)?.places[0];
  const text = written === undefined ? null : textAround(joined, written.start);
  if (written === undefined || text === null) return problem;
  const { line } = new LineIndex(text.text).position(written.start - text.start);
  const { because } = problem.data;
  const crossing = crossings.findLast(({ places }) => places.some((place) => holds(place, written)));
  const use = (span: Span): Span => (isElsewhere(span) ? (crossing?.use ?? site.span) : span);
  // The expression that has the value as a whole can be replaced; what is inside of it is not to be reached.
  const suggestions = problem.suggestions.map((suggestion) => ({ ...suggestion, edits: suggestion.edits.map(({ span, text: by }) => ({ span: valueSpan !== undefined && isSame(span, valueSpan) && endsAlike(use(span), problem.span) ? use(span) : span, text: by })) }));
  return {
    ...problem,
    span: use(problem.span),
    data: { ...problem.data, ...(because !== undefined && { because: ownText(`${because} (${text.path}:${line})`) }) },
    related: [...problem.related, { span: written, message: ownText('written here') }],
    suggestions: suggestions.filter(({ edits }) => edits.every(({ span }) => !isElsewhere(span))),
  };
}

/** A part of a template that another module gives. */
function usedIn(span: Span, crossings: readonly Crossing[]): Crossing | undefined {
  return crossings.findLast(({ use }) => holds(span, use));
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function endsAlike(a: Span, b: Span): boolean {
  return a.end === b.end;
}
