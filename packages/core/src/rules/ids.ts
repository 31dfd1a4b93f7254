/** Ids of all rules, in the order of the catalogue (INTERFACES.md, "Rules"). */
export const RULE_IDS = [
  'no-plaintext',
  'no-plaintext-fallback',
  'require-sslmode',
  'no-unverified-certificate',
  'no-unverified-hostname',
  'prefer-verified',
  'no-unknown-sslmode',
  'no-ignored-setting',
  'no-conflicting-settings',
  'no-global-tls-bypass',
  'no-weak-tls-version',
  'no-version-dependent-sslmode',
  'no-unparsable-connection',
  'root-certificate',
  'server-accepts-plaintext',
  'no-useless-ignore',
] as const;

export type RuleId = (typeof RULE_IDS)[number];
