import type { DriverInput, Outcome } from '../drivers/driver.ts';
import { nameOf, refuses } from '../drivers/outcome.ts';
import { parameterOf } from './by-name.ts';
import { asObject } from './settings.ts';

/** A parameter that a framework writes into PDO's string though it is empty: libpq takes what follows, the login, for its value. A group's variables may never get there. */
export function refusalOfPdo(input: DriverInput, handed: readonly string[], source: string): Outcome | undefined {
  if (input.form === 'group') return undefined;
  const settings = [...asObject(input.options).entries.flatMap(parameterOf), ...(input.string?.settings ?? [])];
  const empty = settings.find(({ name, value }) => value === '' && name !== 'sslmode' && handed.includes(name));
  return empty === undefined ? undefined : refuses('other', { text: `\`${nameOf(empty)}\` is empty, and in PDO's string libpq takes the login behind it for its value`, source: `${source}, measured`, setting: empty });
}
