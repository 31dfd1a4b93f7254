import { expect, it } from 'vitest';
import { quoted } from '../../src/drivers/outcome.ts';
import type { Setting } from '../../src/settings/setting.ts';

const nowhere = { start: 0, end: 0 };

it.for([
  ['sslmode', 'require', 'string', '`sslmode=require`'],
  ['SSL Mode', 'Require', 'string', '`SSL Mode=Require`'],
  ['trust server certificate', 'true', 'string', '`trust server certificate=true`'],
  ['ssl.rejectUnauthorized', 'false', 'options', '`rejectUnauthorized: false`'],
  ['PGSSLMODE', null, 'environment', '`PGSSLMODE`'],
  // What stands where a name should be may be the rest of a password.
  ['hunter2 is my password', 'x', 'string', '`***=***`'],
  ['root of all evil passwords', 'x', 'string', '`***=***`'],
] as const)('%s', ([key, value, place, text]) => {
  const setting: Setting = { name: key, key, value, place, span: nowhere, whole: nowhere };
  expect(quoted(setting)).toBe(text);
});
