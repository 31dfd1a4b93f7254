import { belowMinimum, isSaid, modeRule } from './mode-rule.ts';

export const noUnverifiedHostname = modeRule(
  { id: 'no-unverified-hostname', title: 'Disallow certificates that are not checked for the host name', severity: 'error' },
  ['verify-ca'],
  (judgement) => belowMinimum(judgement) && isSaid(judgement),
);
