import { classOfHost, compareModes, isWeaker, providerOf, type Mode, type Policy, type Provider, type Thresholds } from '@sslmode/core';

/** What is asked of a server, and known of whoever runs it. */
export interface Asked {
  readonly thresholds: Thresholds;
  readonly provider: Provider | null;
  /** The CA issues to nobody else: verify-ca protects as well as verify-full. */
  readonly ownCa: boolean;
}

/** What a policy asks of a host. `path` is the folder that the question is asked from, as the policy's patterns see it. */
export function askedOf(host: string, hostaddr: string | null, policy: Policy, path: string): Asked {
  const hostClass = classOfHost(host, hostaddr === null ? {} : { hostaddr });
  const thresholds = policy.thresholds(hostClass, host.toLowerCase(), path);
  const provider = providerOf(host);
  return { thresholds, provider, ownCa: thresholds.ca === 'private' || (thresholds.ca === null && provider?.root.issuesTo === 'instance') };
}

/** Whether a mode is less than what is asked at least; `null` is no mode at all. */
export function fallsShort(mode: Mode | null, { thresholds: { minimum }, ownCa }: Asked): boolean {
  if (mode === null) return compareModes(minimum, 'disable') > 0;
  return isWeaker(mode === 'verify-ca' && ownCa ? 'verify-full' : mode, minimum);
}
