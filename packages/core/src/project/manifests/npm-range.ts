/**
 * The newest version that an npm range allows of its lowest major, as far as the range itself tells: "8" for `^8.11.0`,
 * "8.11" for `~8.11.0`, "8.11.3" for an exact one; `null` for tags, URLs, `*` and whatever else names no lowest major.
 * Ranges as node-semver reads them (https://github.com/npm/node-semver#ranges).
 */
export function newestOfLowestMajor(range: string): string | null {
  if (range.length > 200) return null;
  const lowest = range.split('||').map(lowestOf);
  let best: readonly number[] | undefined;
  for (const version of lowest) {
    // One alternative without a lowest major: the range has none.
    if (version === undefined) return null;
    if (best === undefined || isLower(version, best)) best = version;
  }
  return best?.join('.') ?? null;
}

/** Of the same major the one that leaves more room: "8" allows newer versions than "8.11". */
function isLower(a: readonly number[], b: readonly number[]): boolean {
  return (a[0] ?? 0) === (b[0] ?? 0) ? a.length < b.length : (a[0] ?? 0) < (b[0] ?? 0);
}

const COMPARATOR = /^(\^|~>?|[<>]=?|=)?v?(\d{1,9})(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(?:[-+][\w.+-]*)?$/;

/** Of one alternative. */
function lowestOf(alternative: string): readonly number[] | undefined {
  const [from = '', to] = alternative.trim().split(/\s+-\s+/);
  const comparators = (to === undefined ? from : `>=${from}`).replaceAll(/([\^~<>=])\s+/g, '$1').split(/[\s,]+/);
  let lower: readonly number[] | undefined;
  for (const comparator of comparators) {
    const match = COMPARATOR.exec(comparator);
    if (match === null) return undefined;
    const [, operator = '=', ...parts] = match;
    if (operator.startsWith('<')) continue;
    lower ??= newestIn(operator, numbersOf(parts));
  }
  return lower;
}

/** Up to the first `x` or missing part. */
function numbersOf(parts: readonly (string | undefined)[]): readonly number[] {
  const end = parts.findIndex((part) => part === undefined || !/^\d/.test(part));
  return (end === -1 ? parts : parts.slice(0, end)).map(Number);
}

/** The parts that all versions of the comparator's lowest major have in common with the newest. */
function newestIn(operator: string, parts: readonly number[]): readonly number[] {
  const [major = 0, minor] = parts;
  switch (operator) {
    case '=':
      return parts;
    case '>':
      // `>8` begins with 9.0.0.
      return [minor === undefined ? major + 1 : major];
    case '~':
    case '~>':
      return parts.slice(0, 2);
    case '^':
      // Before 1.0 a minor version counts as a major one.
      return major === 0 ? parts.slice(0, 2) : [major];
    default:
      return [major];
  }
}
