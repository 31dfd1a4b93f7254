import { dissect } from '../judge/connection.ts';
import { evaluate } from '../judge/evaluate.ts';
import { countedMode } from '../judge/judge.ts';
import type { Judgement, Verdict } from '../judge/judgement.ts';
import { type Mode, isWeaker } from '../mode.ts';
import { ownText } from '../redact.ts';
import { raiseSuggestions } from './edits.ts';
import type { Rule } from './rule.ts';
import { driverName, reasonText } from './words.ts';

const GIVES: Readonly<Record<Mode, string>> = {
  disable: 'no encryption at all',
  allow: 'encryption only where the server insists',
  prefer: 'encryption that anybody on the path can turn off',
  require: 'encryption to whoever answers',
  'verify-ca': 'a certificate of any host of the same CA',
  'verify-full': 'a verified server',
};

/** The next version of a candidate's driver, judged on the same settings; `undefined` where there is none, or it is no weaker. */
function weakerNext(judgement: Judgement, verdict: Verdict): Verdict | undefined {
  const { versions } = verdict.driver;
  const next = versions[versions.findIndex(({ label }) => label === verdict.version) + 1];
  const now = verdict.held;
  if (next === undefined || now === null) return undefined;
  const then = evaluate(dissect(judgement.site).veiled, verdict.driver, next.label, {});
  const mode = then.held;
  return mode !== null && isWeaker(countedMode(mode, judgement.ownCa), countedMode(now, judgement.ownCa)) ? then : undefined;
}

export const noVersionDependentSslmode: Rule = {
  id: 'no-version-dependent-sslmode',
  title: 'Disallow settings that the next version of the driver makes weaker',
  severity: 'warning',
  aboutMode: false,
  messages: { weaker: 'With {{next}} this gives {{then}} instead of {{now}}: {{because}}. {{remedy}}' },
  check(judgement) {
    const { decidedBy, falls, deciding } = judgement;
    const target = judgement.thresholds.recommend ?? judgement.thresholds.minimum;
    // "as good as wanted today": what already falls short is another rule's.
    if (falls !== null || decidedBy === null) return [];
    const connecting = judgement.verdicts.filter((verdict) => verdict.held !== null);
    const weaker = connecting.flatMap((verdict) => {
      const next = weakerNext(judgement, verdict);
      return next === undefined ? [] : [{ verdict, next }];
    });
    const [first] = weaker;
    const now = first?.verdict.held ?? null;
    const then = first?.next.held ?? null;
    if (first === undefined || now === null || then === null || !isWeaker(then, target === 'disable' ? 'verify-full' : target)) return [];
    const setting = first.verdict.outcome.kind === 'connects' ? first.verdict.outcome.decidedBy : decidedBy;
    // Every candidate takes it for verify-full today, so that writing so changes nothing.
    const isSame = decidedBy.place === 'string' && weaker.length === judgement.verdicts.length && weaker.every(({ verdict }) => verdict.held === 'verify-full');
    const remedy = ownText('Say `sslmode=verify-full`: it means the same in both.');
    return [
      {
        messageId: 'weaker',
        data: { next: driverName(first.next), now: ownText(GIVES[now]), then: ownText(GIVES[then]), because: reasonText(first.next.outcome.reasons[0]), remedy },
        span: (setting ?? decidedBy).span,
        caption: ownText(`weaker with ${driverName(first.next)}`),
        remedy,
        suggestions: first.verdict === deciding ? raiseSuggestions(judgement).map((suggestion) => ({ ...suggestion, message: ownText('Set sslmode=verify-full (what it means today).'), safe: isSame })) : [],
        related: [],
        threshold: null,
        unsure: weaker.length < connecting.length,
        driver: first.verdict.name,
      },
    ];
  },
};
