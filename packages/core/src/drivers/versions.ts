/** Compares dotted versions by their numbers; what follows a `-` or `+` is left out. Negative where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const numbers = (version: string): number[] => (version.split(/[-+]/)[0] ?? '').split('.').map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}
