import { belowMinimum, isSaid, modeRule } from './mode-rule.ts';

export const noPlaintextFallback = modeRule(
  { id: 'no-plaintext-fallback', title: 'Disallow settings with which anybody on the path can turn TLS off', severity: 'error' },
  ['allow', 'prefer'],
  (judgement) => belowMinimum(judgement) && isSaid(judgement),
);
