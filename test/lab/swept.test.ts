import { DRIVERS } from '@sslmode/core';
import { describe, expect, it } from 'vitest';
import { measuredFiles } from '../../tools/generators/measured.ts';
import { EXCEPTIONS, KINDS, exceptionOf } from '../../tools/generators/swept.ts';
import { nameOf } from './cells.ts';
import { LAB_DRIVERS, nameOfDriver } from './roster.ts';
import { cellsOf } from './sweeps.ts';

const FILES = measuredFiles();

it('there is a measured file for each driver of the lab, and no other', () => {
  expect(FILES.map(({ name }) => name).toSorted()).toEqual(LAB_DRIVERS.map(nameOfDriver).toSorted());
});

describe.for(LAB_DRIVERS.map((driver) => [nameOfDriver(driver), driver] as const))('%s', ([name, lab]) => {
  const cells = FILES.find((file) => file.name === name)?.cells ?? [];
  const driver = DRIVERS.find(({ id }) => id === lab.id);

  it('is measured with all that its sweep asks, and with nothing else', () => {
    const asked = cellsOf(lab).map(nameOf);
    const measured = cells.map(nameOf);
    // What only some machines can measure may lag behind: a page shows there what is read.
    expect(lab.optional === true ? measured.filter((name) => !asked.includes(name)) : measured.toSorted(), 'run: npm run lab -- new').toEqual(lab.optional === true ? [] : asked.toSorted());
  });

  it.for(KINDS)('is asked about $id, or a reason stands in the table', (kind) => {
    const reason = driver && exceptionOf(kind.id, driver)?.why;
    // A reason where it is asked after all would be one that no longer holds.
    expect([kind.asked(cells) > 0, reason !== undefined], reason).toContain(true);
    expect(kind.asked(cells) > 0 && reason !== undefined).toBe(false);
  });
});

it('every exception is one of some driver here', () => {
  for (const { kinds, holds } of EXCEPTIONS) {
    expect(kinds.every((kind) => KINDS.some(({ id }) => id === kind))).toBe(true);
    expect(DRIVERS.some((driver) => LAB_DRIVERS.some(({ id }) => id === driver.id) && holds(driver))).toBe(true);
  }
});
