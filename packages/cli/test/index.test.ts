import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scan, type JudgedFile } from '../src/index.ts';
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

it('scan() is a stream of judged files as well, and both say the same where nothing is joined', async () => {
  const folder = tree({
    'a/.env': `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n`,
    'b/app.properties': 'url=jdbc:postgresql://b.example.com/app?sslmode=verify-full\n',
    'b/README': 'nothing\n',
    'c/broken.yaml': 'a: [\nurl: postgres://c.example.com/app\n',
  });
  const scanning = scan({ cwd: folder });
  const files: JudgedFile[] = [];
  for await (const file of scanning) files.push(file);
  const report = await scanning;
  expect(files.map(({ file }) => file)).toEqual(['a/.env', 'b/app.properties', 'c/broken.yaml']);
  expect(files.flatMap(({ findings }) => findings).map(({ rule, file }) => `${file} ${rule}`)).toEqual(report.findings.map(({ rule, file }) => `${file} ${rule}`));
  expect(files.flatMap(({ connections }) => connections)).toEqual(report.connections);
  expect(files.flatMap(({ problems }) => problems)).toEqual(report.problems);
});

it('scan() hands files on before all are judged', async () => {
  const folder = tree(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${String(at)}/.env`, 'DATABASE_URL=postgres://app@db.example.com/app\n'])));
  const scanning = scan({ cwd: folder });
  let isDone = false;
  void scanning.then(() => (isDone = true));
  for await (const { connections } of scanning) {
    expect(connections).toHaveLength(1);
    expect(isDone).toBe(false);
    break;
  }
  expect((await scanning).connections).toHaveLength(200);
});

it('scan() hands files to all who go through them at the same time', async () => {
  const folder = tree(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${String(at)}/.env`, 'DATABASE_URL=postgres://app@db.example.com/app\n'])));
  const scanning = scan({ cwd: folder });
  const count = async (): Promise<number> => {
    let files = 0;
    for await (const { connections } of scanning) files += connections.length;
    return files;
  };
  expect(await Promise.all([count(), count()])).toEqual([20, 20]);
});

it('scan() throws to whoever goes through the files as well', async () => {
  const scanning = scan({ cwd: tree(), paths: ['nowhere'] });
  await expect(async () => {
    for await (const file of scanning) expect(file).toBeUndefined();
  }).rejects.toThrow('There is no file or folder "nowhere".');
});

it('the samples of the documentation run as they are', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/cli.md'), 'utf8');
  const samples = [...text.slice(text.indexOf('## As a library')).matchAll(/```js\n([^]*?)```/g)].map(([, code = '']) => code);
  expect(samples).toHaveLength(2);
  const folder = tree({ 'apps/web/.env': `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n` });
  const printed: string[] = [];
  for (const sample of samples) {
    const body = sample.replace("import { scan } from 'sslmode';\n", '');
    expect(body).not.toBe(sample);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the sample is what is tested
    const main = new Function('scan', 'console', `return (async () => {${body}})();`) as (by: typeof scan, console: { log: (line: string) => void }) => Promise<void>;
    await main((options) => scan({ ...options, cwd: folder }), { log: (line) => void printed.push(line) });
  }
  expect(printed[0]).toContain('apps/web/.env:1 no-plaintext ');
  expect(printed.slice(1)).toEqual(['apps/web/.env: 1 connections, 1 findings, 0 problems', '1 errors in 1 files']);
});
