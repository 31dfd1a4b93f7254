import type { Driver } from '../drivers/driver.ts';
import { dissect } from '../judge/connection.ts';
import { evaluate } from '../judge/evaluate.ts';
import { countedMode } from '../judge/judge.ts';
import type { Judgement, Verdict } from '../judge/judgement.ts';
import { type Mode, isWeaker } from '../mode.ts';
import { type SafeText, ownText } from '../redact.ts';
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

interface Next {
  readonly verdict: Verdict;
  /** What it will be called: a wrapper stays what it is when its driver changes. */
  readonly name: SafeText;
}

/** What the next version of a candidate, or of the driver under a wrapper, makes of the same settings, where that is weaker. */
function weakerNext(judgement: Judgement, verdict: Verdict): Next | undefined {
  const { driver, version, packages } = verdict;
  // Of most drivers there is no next version; then nothing need be taken apart again.
  const label = labelAfter(driver, version);
  if (label === undefined && driver.unwrap === undefined) return undefined;
  const { veiled } = dissect(judgement.site);
  const inside = driver.unwrap?.(veiled, version, packages);
  const under = inside === undefined ? undefined : labelAfter(inside.driver, inside.version);
  const [name = ''] = inside?.driver.packages.npm ?? [];
  const all: readonly Next[] = [
    ...(label === undefined ? [] : [{ verdict: evaluate(veiled, driver, label, {}), name: driverName({ driver, version: label }) }]),
    ...(inside === undefined || under === undefined ? [] : [{ verdict: evaluate(veiled, driver, version, { [name]: under }), name: driverName({ driver: inside.driver, version: under }) }]),
  ];
  const now = verdict.held;
  return now === null ? undefined : all.find((next) => next.verdict.held !== null && isWeaker(countedMode(next.verdict.held, judgement.ownCa), countedMode(now, judgement.ownCa)));
}

function labelAfter({ versions }: Driver, version: string): string | undefined {
  return versions[versions.findIndex(({ label }) => label === version) + 1]?.label;
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
    const then = first?.next.verdict.held ?? null;
    if (first === undefined || now === null || then === null || !isWeaker(then, target === 'disable' ? 'verify-full' : target)) return [];
    const setting = first.verdict.outcome.kind === 'connects' ? first.verdict.outcome.decidedBy : decidedBy;
    // Every candidate takes it for verify-full today, so that writing so changes nothing.
    const isSame = decidedBy.place === 'string' && weaker.length === judgement.verdicts.length && weaker.every(({ verdict }) => verdict.held === 'verify-full');
    const { verdict: after } = first.next;
    // A place in the options that the next version does not read: there is no word that means the same in both.
    const moved = setting?.place === 'options' ? after.driver.spell('verify-full', null, after.version).options : null;
    const remedy = ownText(moved === null ? 'Say `sslmode=verify-full`: it means the same in both.' : `Together with the upgrade, write \`${moved}\`.`);
    return [
      {
        messageId: 'weaker',
        data: { next: first.next.name, now: ownText(GIVES[now]), then: ownText(GIVES[then]), because: reasonText(first.next.verdict.outcome.reasons[0]), remedy },
        span: (setting ?? decidedBy).span,
        caption: ownText(`weaker with ${first.next.name}`),
        remedy,
        suggestions: first.verdict === deciding && moved === null ? raiseSuggestions(judgement).map((suggestion) => ({ ...suggestion, message: ownText('Set sslmode=verify-full (what it means today).'), safe: isSame })) : [],
        related: [],
        threshold: null,
        unsure: weaker.length < connecting.length,
        driver: first.verdict.name,
      },
    ];
  },
};
