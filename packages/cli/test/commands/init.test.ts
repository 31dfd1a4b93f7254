import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { run, tree } from '../support.ts';

const FILES = ['sslmode.config.yaml', '.pre-commit-config.yaml', '.github/workflows/sslmode.yml'];
const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

describe('sslmode init', () => {
  it('writes a policy, a hook and a workflow, once', async () => {
    const folder = tree({ '.git/HEAD': 'ref: refs/heads/master\n', '.env': 'DATABASE_URL=postgres://app@db.example.com/app?sslmode=require\n', 'sub/x': '' });
    const first = await run(join(folder, 'sub'), ['init']);
    expect(first).toEqual({ code: 0, stderr: '', stdout: `${FILES.map((name) => `Wrote ../${name}.\n`).join('')}Each line says what it is for. Next: sslmode scan\n` });
    const written = FILES.map((name) => read(folder, name));
    const second = await run(folder, ['init']);
    expect(second.code).toBe(0);
    for (const name of FILES) expect(second.stdout).toContain(`Left ${name} as it is. `);
    expect(FILES.map((name) => read(folder, name))).toEqual(written);
    expect(parse(written[2] ?? '')).toMatchObject({ on: { push: { branches: ['master'] } } });
  });

  it('writes a policy that changes nothing: it says what counts anyway', async () => {
    const folder = tree({ '.env': 'A=1\n' });
    const config = async (): Promise<object> => JSON.parse((await run(folder, ['scan', '--print-config', '.env'])).stdout) as object;
    const before = await config();
    await run(folder, ['init']);
    expect({ ...(await config()), file: null }).toEqual(before);
    expect((await run(folder, ['scan'])).code).toBe(0);
  });

  it('explains each line: no key stands without a comment above it or a name that says all', async () => {
    const folder = tree({});
    await run(folder, ['init']);
    const lines = read(folder, 'sslmode.config.yaml').split('\n');
    for (const [at, line] of lines.entries()) if (/^\w/.test(line)) expect(lines[at - 1]).toMatch(/^# .{20}/);
  });

  it.for<[what: string, files: Record<string, string>, written: string[], said: string]>([
    ['husky', { '.husky/x': '' }, ['sslmode.config.yaml', '.husky/pre-commit', '.github/workflows/sslmode.yml'], ''],
    ['a hook of husky', { '.husky/pre-commit': 'npm test\n' }, ['sslmode.config.yaml', '.github/workflows/sslmode.yml'], 'Left .husky/pre-commit as it is. For a hook, add a line: npx sslmode scan --staged'],
    ['lefthook', { 'lefthook.yml': 'x: 1\n' }, ['sslmode.config.yaml', '.github/workflows/sslmode.yml'], 'Left lefthook.yml as it is. For a hook, add under pre-commit'],
    ['GitLab', { '.gitlab-ci.yml': 'x: 1\n' }, ['sslmode.config.yaml', '.pre-commit-config.yaml'], 'Left .gitlab-ci.yml as it is. For GitLab, add: include: '],
    ['a policy in JSON', { 'sslmode.config.json': '{}' }, ['.pre-commit-config.yaml', '.github/workflows/sslmode.yml'], 'Left sslmode.config.json as it is. It is the policy in force.'],
  ])('goes by what is there: %s', async ([, files, written, said]) => {
    const folder = tree(files);
    const { code, stdout } = await run(folder, ['init']);
    expect(code).toBe(0);
    expect([...stdout.matchAll(/^Wrote (.*)\.$/gm)].map(([, name]) => name)).toEqual(written);
    expect(stdout).toContain(said);
    for (const [name, content] of Object.entries(files)) expect(read(folder, name)).toBe(content);
  });

  it('follows no link out of the project', async () => {
    const elsewhere = tree({});
    const folder = tree({});
    symlinkSync(elsewhere, join(folder, '.github'));
    symlinkSync(join(elsewhere, 'nowhere'), join(folder, 'sslmode.config.yaml'));
    const { code, stderr } = await run(folder, ['init']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('lies outside the project') as string });
    expect(existsSync(join(elsewhere, 'nowhere'))).toBe(false);
    expect(existsSync(join(elsewhere, 'workflows/sslmode.yml'))).toBe(false);
    mkdirSync(join(folder, 'x'));
    expect((await run(folder, ['init', 'x'])).code).toBe(2);
  });
});
