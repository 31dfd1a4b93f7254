import fc from 'fast-check';

/**
 * Checks a property on generated values: 5,000 with a fixed seed, so that a commit is red or green for itself, or
 * SSLMODE_RUNS of them with a new seed (SSLMODE_SEED repeats one). On failure fast-check names seed and the smallest
 * value that fails.
 */
export function property<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void {
  const { SSLMODE_RUNS: runs, SSLMODE_SEED: seed } = process.env;
  fc.assert(fc.property(arbitrary, check), {
    numRuns: runs === undefined ? 5_000 : Number(runs),
    seed: seed !== undefined ? Number(seed) : runs === undefined ? 1 : Date.now(),
  });
}
