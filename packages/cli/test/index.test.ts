import { expect, it } from 'vitest';
import { scan } from '../src/index.ts';
import { CANARY, run, tree } from './support.ts';

it('scan() gives what the CLI prints as JSON', async () => {
  const folder = tree({ 'app/.env': `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n` });
  const { failures, ...report } = await scan({ cwd: folder, paths: ['app'], today: '2026-11-24' });
  expect(failures).toEqual([]);
  expect(report).toEqual(JSON.parse((await run(folder, ['scan', 'app', '--format', 'json'])).stdout));
  expect(report.findings).toHaveLength(1);
});

it('scan() takes the same choices', async () => {
  const folder = tree({ '.env': 'DATABASE_URL=postgres://app@db.example.com/app?sslmode=require\n', 'sslmode.config.yaml': 'minimun: require\n' });
  expect((await scan({ cwd: folder })).failures).toHaveLength(1);
  const strict = await scan({ cwd: folder, config: false, minimum: 'verify-full' });
  expect(strict.failures).toEqual([]);
  expect(strict.findings.map(({ rule }) => rule)).toEqual(['no-unverified-certificate']);
  expect((await scan({ cwd: folder, config: false, confidence: 'high' })).findings).toEqual([]);
  expect((await scan({ cwd: folder, config: false, exclude: ['*.env'] })).connections).toEqual([]);
});

it('scan() throws where the job cannot be begun', async () => {
  await expect(scan({ cwd: tree(), paths: ['nowhere'] })).rejects.toThrow('There is no file or folder "nowhere".');
});
