import fc from 'fast-check';

const { SSLMODE_RUNS, SSLMODE_SEED } = process.env;

/** Of every property of this process: fixed, so that a commit is red or green for itself. */
const SEED = SSLMODE_SEED !== undefined ? Number(SSLMODE_SEED) : SSLMODE_RUNS === undefined ? 1 : Date.now();

/** What a test of so many values is called, for whoever wants to repeat it. */
export function drawn(runs: number): string {
  return `${SSLMODE_RUNS ?? String(runs)} values of SSLMODE_SEED=${String(SEED)}`;
}

/**
 * Checks a property on generated values: `runs` with a fixed seed, or SSLMODE_RUNS of them with a new seed
 * (SSLMODE_SEED repeats one). On failure fast-check names seed and the smallest value that fails.
 */
export function property<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, runs = 5_000): void {
  fc.assert(fc.property(arbitrary, check), { numRuns: SSLMODE_RUNS === undefined ? runs : Number(SSLMODE_RUNS), seed: SEED });
}
