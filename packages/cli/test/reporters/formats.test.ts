import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run, tree } from '../support.ts';

const LINE = 'DATABASE_URL=postgres://app@db.example.com/app?sslmode=disable\n';

it('concise: a line a finding', async () => {
  const folder = tree({ 'a/.env': LINE, 'b/.env': '\0' });
  const { stdout } = await run(folder, ['scan', '--format', 'concise']);
  expect(stdout).toMatch(/^a\/\.env:1:56: error no-plaintext libpq 18 sends this in plaintext: .+\nb\/\.env:1:1: problem not read: it is binary\n$/);
});

it('github: workflow commands, paths from the project root, what is special escaped', async () => {
  const folder = tree({ 'app/50%, a:b/.env': LINE, 'app/x.env': '\0' });
  mkdirSync(join(folder, '.git'));
  const { stdout } = await run(join(folder, 'app'), ['scan', '--format', 'github']);
  expect(stdout).toMatch(
    /^::error file=app\/50%25%2C a%3Ab\/\.env,line=1,col=56,endColumn=63,title=sslmode%3A no-plaintext::libpq 18 sends this in plaintext: .+\n::notice file=app\/x\.env,title=sslmode%3A problem::not read: it is binary\n$/,
  );
});

it('orders by file, line, column and rule', async () => {
  const folder = tree({ 'b.env': LINE, 'a.env': `X=1\n${LINE}${LINE.replace('DATABASE', 'OTHER')}`, 'B.env': LINE, 'a/.env': LINE });
  const { stdout } = await run(folder, ['scan', '--format', 'concise']);
  expect(stdout.match(/^[^ ]+(?=:\d+: )/gm)).toEqual(['B.env:1', 'a.env:2', 'a.env:3', 'a/.env:1', 'b.env:1']);
});

it('inventory: every connection, good ones too, for people and spreadsheets', async () => {
  const folder = tree({ '.env': `${LINE}GOOD_URL="postgres://app@db.example.com/=1,|2?sslmode=verify-full&sslrootcert=system"\n` });
  const pretty = await run(folder, ['inventory']);
  expect(pretty.code).toBe(0);
  expect(pretty.stdout).toMatch(/^EFFECTIVE +HOST\/DATABASE +CLASS +DRIVER +WHERE\ndisable +db\.example\.com\/app +public +libpq@18 +\.env:1 {2}\(DATABASE_URL\)\n/);
  expect(pretty.stdout).toMatch(/\n2 PostgreSQL connections in 1 file: 1 disable, 1 verify-full\.\n$/);
  const csv = (await run(folder, ['inventory', '--format', 'csv'])).stdout.split('\n');
  expect(csv[0]).toBe('file,line,key,host,host class,database,driver,effective,weakest,strongest,confidence,form');
  expect(csv[2]).toContain(`,"'=1,|2",`);
  expect((await run(folder, ['inventory', '--format', 'markdown'])).stdout.split('\n')[3]).toContain(String.raw`| =1,\|2 |`);
});
