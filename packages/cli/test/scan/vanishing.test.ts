import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settingsOf } from '../../src/scan/options.ts';
import { runScan } from '../../src/scan/scan.ts';
import { tree } from '../support.ts';

const url = (mode: string): string => `DATABASE_URL=postgres://app@db.example.com/app?sslmode=${mode}\n`;

it('files that vanish or become others while the scan runs are named, and cost no other its findings', async () => {
  const folder = tree({ 'a/1.env': url('disable'), 'a/2.env': url('disable'), 'a/3.env': url('disable'), 'b/inner/4.env': url('disable'), 'c/5.env': url('disable'), 'd/6.env': url('disable') });
  const { report, failures } = await runScan({
    ...settingsOf({ cwd: folder, today: '2026-11-24' }),
    onFile: ({ file }) => {
      if (file !== 'a/1.env') return;
      rmSync(join(folder, 'a/2.env'));
      rmSync(join(folder, 'a/3.env'));
      mkdirSync(join(folder, 'a/3.env'));
      rmSync(join(folder, 'b'), { recursive: true });
      writeFileSync(join(folder, 'c/5.env'), url('verify-full'));
    },
  });
  expect(report.findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual(['a/1.env no-plaintext', 'd/6.env no-plaintext']);
  expect(report.connections.map(({ file, effective }) => `${file} ${effective}`)).toEqual(['a/1.env disable', 'c/5.env verify-full', 'd/6.env disable']);
  expect(report.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual(['a/2.env: cannot be read: it does not exist', 'a/3.env: cannot be read: it is a folder', 'b: cannot be read: it does not exist']);
  expect(failures).toEqual([]);
});
