import fc from 'fast-check';

/**
 * Checks a property on generated values: `runs` with a fixed seed, so that a commit is red or green for itself, or
 * SSLMODE_RUNS of them with a new seed (SSLMODE_SEED repeats one). On failure fast-check names seed and the smallest
 * value that fails.
 */
export function property<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, runs = 5_000): void {
  const { SSLMODE_RUNS: more, SSLMODE_SEED: seed } = process.env;
  fc.assert(fc.property(arbitrary, check), {
    numRuns: more === undefined ? runs : Number(more),
    seed: seed !== undefined ? Number(seed) : more === undefined ? 1 : Date.now(),
  });
}
