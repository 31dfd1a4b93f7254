import { belowMinimum, isSaid, modeRule } from './mode-rule.ts';

export const noPlaintext = modeRule(
  { id: 'no-plaintext', title: 'Disallow settings that turn TLS off', severity: 'error' },
  ['disable'],
  (judgement) => belowMinimum(judgement) && isSaid(judgement),
);
