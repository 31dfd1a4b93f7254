import { belowMinimum, isSaid, modeRule } from './mode-rule.ts';

export const noUnverifiedCertificate = modeRule(
  { id: 'no-unverified-certificate', title: 'Disallow encryption to a server whose certificate is not verified', severity: 'error' },
  ['require'],
  (judgement) => belowMinimum(judgement) && isSaid(judgement),
);
