import { explain } from '../../src/index.ts';

/** A string (or, beginning with PG, variables parted by spaces), a driver with its version, and what comes of it. */
export type Row = readonly [input: string, driver: string, expected: string];

/**
 * What a driver does, in short: the mode; `-` and each setting that it ignores; `?` and each value that it doesn't know,
 * `!` and each that loses a conflict; `needs root`; `+` and each mitigation.
 */
export function verdictOf(input: string, driver: string, rootCertificate?: 'present' | 'absent'): string {
  const isEnvironment = /^(?:PG|NODE_|SSLPG)/.test(input);
  const env = isEnvironment ? Object.fromEntries(input.split(' ').map((pair) => pair.split('=') as [string, string])) : {};
  const found = explain({ ...(isEnvironment ? { env } : { string: input }), driver, ...(rootCertificate === undefined ? {} : { rootCertificate }) });
  const [verdict] = found;
  if (verdict === undefined || found.length !== 1) throw new Error('expected one verdict');
  const { effective, ignored, needs, mitigations } = verdict;
  return [effective, ...ignored.map(({ setting }) => `-${setting.replaceAll('`', '')}`), ...needs.map(() => 'needs root'), ...mitigations.map((name) => `+${name}`)].join(' ');
}
