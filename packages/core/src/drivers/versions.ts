import type { DriverVersion } from './driver.ts';

/** Compares dotted versions by their numbers; what follows a `-` or `+` is left out. Negative where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}

/** Of versions that were compared before: a handful, asked for with every connection. */
const known = new Map<string, readonly number[]>();
const MOST_KNOWN = 1000;

function numbersOf(version: string): readonly number[] {
  let numbers = known.get(version);
  if (numbers === undefined) {
    numbers = (version.split(/[-+]/)[0] ?? '').split('.').map(Number);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(version, numbers);
  }
  return numbers;
}

/**
 * The label of the version that was asked for, or is installed. A prefix ("5" of "5.9" and "5.10") is the newest released
 * of what it begins; anything else the newest label that is not newer ("8.11.3" is "8"). `undefined` for a version older
 * than all, or of a major version that is not modelled.
 */
export function labelOf(versions: readonly DriverVersion[], version: string): string | undefined {
  // Go writes `v1.10.9`, pgjdbc `42.2.4.jre7`.
  const wanted = /^v?(\d+(?:\.\d+)*)(?:[-+.].*)?$/.exec(version)?.[1];
  if (wanted === undefined) return undefined;
  const exact = versions.find(({ label }) => label === wanted);
  if (exact !== undefined) return exact.label;
  const begun = versions.filter(({ label }) => label.startsWith(`${wanted}.`));
  if (begun.length > 0) return (begun.findLast(({ released }) => released) ?? begun.at(-1))?.label;
  const found = versions.findLast(({ label, since }) => compareVersions(since ?? label, wanted) <= 0);
  if (found === undefined) return undefined;
  return found.since !== undefined || found.label.split('.')[0] === wanted.split('.')[0] ? found.label : undefined;
}
