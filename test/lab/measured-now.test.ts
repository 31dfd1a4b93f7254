import { describe, it } from 'vitest';
import { nameOf } from './cells.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Measured, measure, openLab } from './measure.ts';
import { FILES } from './measured.ts';
import { LAB_DRIVERS, nameOfDriver } from './roster.ts';

/** Every so many cells are measured anew on each run: a sample that spreads over all kinds of them, of a short list a denser one. */
const STRIDE = 14;
const FEWEST = 12;
/** Of drivers whose model, program or packages have changed since they were measured, all cells; of more than these together, a part. */
const MOST_CHANGED = 500;

const QUICK = await Promise.all(
  LAB_DRIVERS.filter(({ optional }) => optional !== true).map(async (driver) => {
    const name = nameOfDriver(driver);
    const file = FILES.find((candidate) => candidate.name === name);
    // What only PostgreSQL itself refuses can't be seen without it: `npm run lab` starts it.
    // And where a driver waits for ever, so would we.
    const seen = (file?.cells ?? []).filter(({ effective, got, error }) => effective !== 'error' || (Object.keys(got).length === 0 && error !== 'took too long'));
    return { name, driver, seen, hasChanged: file?.of !== (await fingerprintOf(driver)) };
  }),
);
const allChanged = QUICK.filter(({ hasChanged }) => hasChanged).reduce((sum, { seen }) => sum + seen.length, 0);

/** What of a driver's cells is measured now. */
function chosen({ seen, hasChanged }: (typeof QUICK)[number]): readonly Measured[] {
  const sparse = Math.max(1, Math.min(STRIDE, Math.floor(seen.length / FEWEST)));
  const dense = Math.ceil(allChanged / MOST_CHANGED);
  return seen.filter((_, at) => at % sparse === 0 || (hasChanged && at % dense === 0));
}

// Each with servers of its own: most of the time goes by in waiting for one driver or the other.
describe.concurrent('measured now', { timeout: 120_000 }, () => {
  it.for(QUICK)('$name does what is written down (anew: $hasChanged)', async (quick, { expect }) => {
    const cells = chosen(quick);
    expect(cells.length, `run: npm run lab -- ${quick.name}`).toBeGreaterThanOrEqual(FEWEST);
    const lab = await openLab({ authentic: false });
    try {
      const now = await measure(quick.driver, cells, lab);
      const essence = ({ effective, got, ...cell }: Measured): unknown => [nameOf(cell), effective, got];
      expect(now.cells.map(essence)).toEqual(cells.map(essence));
    } finally {
      await lab.close();
    }
  });
});
