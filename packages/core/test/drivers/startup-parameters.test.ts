import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SETTABLE, refusedByServer } from '../../src/drivers/startup-parameters.ts';
import { parseString } from '../../src/settings/index.ts';

it('lists what PostgreSQL 18 itself lets a client set (npm run lab writes that down)', () => {
  const measured = new URL('../../../../test/lab/measured/postgresql@18.settings.json', import.meta.url);
  expect([...SETTABLE].sort()).toEqual((JSON.parse(readFileSync(measured, 'utf8')) as string[]).sort());
});

it.for([
  ['application_name=x&TimeZone=UTC&options=-c%20a%3Db&my.own=1', undefined],
  ['search_path=app', undefined],
  ['ssl=true', 'ssl'],
  ['ssl_min_protocol_version=TLSv1.2', 'ssl_min_protocol_version'],
  ['work_mem=1MB&schema=public', 'schema'],
  ['max_connections=5', 'max_connections'],
] as const)('%s: the server refuses %s', ([query, refused]) => {
  const settings = parseString(`postgres://h/d?${query}`)?.settings ?? [];
  expect(refusedByServer(settings, new Set(['host', 'dbname']))?.name).toBe(refused);
});
