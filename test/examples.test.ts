import { expect, it } from 'vitest';
import { page, root } from './pages.ts';
import { run } from './run.ts';

it('prints the report in docs of the sample project', async () => {
  const { code, stdout, stderr } = await run(root, ['scan', 'examples']);
  expect(stdout.replace(/ in \d+ ms/, ' in 50 ms')).toBe(page('docs/example-report.txt'));
  expect(stderr).toBe('');
  expect(code).toBe(1);
});
