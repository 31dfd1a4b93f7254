import { expect, it } from 'vitest';
import { run } from './support.ts';

it.for([
  [['scan', 'postgres://u:s3cret@h/d']],
  [['scan', '--minimum', 'postgres://u:s3cret@h/d']],
  [['scan', '--format', 'postgres://u:s3cret@h/d']],
  [['explain', '--driver', 'postgres://u:s3cret@h/d', 'x']],
])('shows no password that is put in the wrong place: %j', async ([argv = []]) => {
  const { code, stdout, stderr } = await run('/', argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('***');
  expect(stderr).not.toContain('s3cret');
});
