import { noConflictingSettings } from './no-conflicting-settings.ts';
import { noGlobalTlsBypass } from './no-global-tls-bypass.ts';
import { noIgnoredSetting } from './no-ignored-setting.ts';
import { noPlaintext } from './no-plaintext.ts';
import { noPlaintextFallback } from './no-plaintext-fallback.ts';
import { noUnknownSslmode } from './no-unknown-sslmode.ts';
import { noUnparsableConnection } from './no-unparsable-connection.ts';
import { noUnverifiedCertificate } from './no-unverified-certificate.ts';
import { noUnverifiedHostname } from './no-unverified-hostname.ts';
import { noUselessIgnore } from './no-useless-ignore.ts';
import { noVersionDependentSslmode } from './no-version-dependent-sslmode.ts';
import { noWeakTlsVersion } from './no-weak-tls-version.ts';
import { preferVerified } from './prefer-verified.ts';
import { requireSslmode } from './require-sslmode.ts';
import type { Rule } from './rule.ts';
import { rootCertificate } from './root-certificate.ts';
import { serverAcceptsPlaintext } from './server-accepts-plaintext.ts';

/** The catalogue: one line a rule, in the order of INTERFACES.md. */
export const RULES: readonly Rule[] = [
  noPlaintext,
  noPlaintextFallback,
  requireSslmode,
  noUnverifiedCertificate,
  noUnverifiedHostname,
  preferVerified,
  noUnknownSslmode,
  noIgnoredSetting,
  noConflictingSettings,
  noGlobalTlsBypass,
  noWeakTlsVersion,
  noVersionDependentSslmode,
  noUnparsableConnection,
  rootCertificate,
  serverAcceptsPlaintext,
  noUselessIgnore,
];

/** The rule of an id, with or without the prefix `sslmode/`. */
export function ruleOf(id: string): Rule | undefined {
  const bare = id.replace(/^sslmode\//, '');
  return RULES.find((rule) => rule.id === bare);
}
