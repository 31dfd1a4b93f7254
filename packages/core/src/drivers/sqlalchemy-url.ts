import type { ParsedString } from '../settings/setting.ts';
import type { Refuses } from './driver.ts';
import { nameOf, refuses } from './outcome.ts';
import { isTlsSetting } from './startup-parameters.ts';

/** SQLAlchemy makes a tuple of a parameter that is written twice, and hands that to a driver which takes none: measured with 1.4.46. */
export function repeatedParameter(string: ParsedString | null): Refuses | undefined {
  const settings = string?.settings.filter(({ name, value }) => isTlsSetting(name) && value !== '') ?? [];
  const second = settings.find(({ name }, at) => settings.findIndex((setting) => setting.name === name) < at);
  if (second === undefined) return undefined;
  const text = `SQLAlchemy makes a tuple of \`${nameOf(second)}\` where it is written twice, and the driver fails on that`;
  return refuses('tls', { text, source: 'SQLAlchemy 1.4.46 engine/url.py _parse_rfc1738_args(), measured', setting: second });
}
