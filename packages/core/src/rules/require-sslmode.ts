import { belowMinimum, isSaid, modeRule } from './mode-rule.ts';

export const requireSslmode = modeRule(
  { id: 'require-sslmode', title: 'Require an sslmode where the driver\'s default is too weak', severity: 'error' },
  ['disable', 'allow', 'prefer', 'require', 'verify-ca'],
  (judgement) => belowMinimum(judgement) && !isSaid(judgement),
);
