import { modeRule } from './mode-rule.ts';

export const preferVerified = modeRule(
  { id: 'prefer-verified', title: 'Recommend a verified server where the minimum asks for less', severity: 'warning' },
  ['disable', 'allow', 'prefer', 'require', 'verify-ca'],
  ({ falls }) => falls?.threshold === 'recommend',
);
