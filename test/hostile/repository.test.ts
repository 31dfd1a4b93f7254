import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, tree } from '../run.ts';

const OUTSIDE = 'outside-9f3k';
const ENV = 'DATABASE_URL=postgres://u@db.example.com/d?sslmode=verify-full&sslrootcert=ca.crt\n';

/** A repository beside files that are none of its business: a policy that would be valid but for one key, and a manifest. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = tree({ [`${OUTSIDE}/secret.yaml`]: `${OUTSIDE}: 1\n`, [`${OUTSIDE}/package.json`]: `{ "${OUTSIDE}": { "pg": "8" }, "dependencies": { "pg": "${OUTSIDE}" } }`, 'repository/.git/HEAD': 'ref: refs/heads/main\n', 'repository/.env': ENV });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'repository', name), content);
  return join(folder, 'repository');
}

describe('nothing outside of a scanned repository is read', () => {
  it.for([
    ['a policy that extends', { 'sslmode.config.yaml': `extends: ../${OUTSIDE}/secret.yaml\n` }],
    ['a policy that extends an absolute path', { 'sslmode.config.yaml': 'extends: /etc/passwd\n' }],
    ['package.json', { 'package.json': `{ "sslmode": { "extends": "../${OUTSIDE}/secret.yaml" } }` }],
  ] as const)('by %s', async ([, files]) => {
    const { code, stdout, stderr } = await run(repository(files), ['scan', '.', '--format', 'json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/extends: Expected a policy file that can be read/);
    expect(stdout + stderr).not.toMatch(/Unknown key|root:|not valid/);
  });

  it.for(['sslmode.config.yaml', 'package.json', 'ca.crt', '.gitignore', 'docker-compose.yml'])('through a link named %s', async (name) => {
    const folder = repository({});
    symlinkSync(join('..', OUTSIDE, name === 'package.json' ? name : 'secret.yaml'), join(folder, name));
    const { stdout, stderr } = await run(folder, ['scan', '.', '--format', 'json']);
    expect(stdout + stderr).not.toContain(OUTSIDE);
    expect(stdout).not.toContain('"kind": "manifest"');
  });

  it('but for the policy that the user names, and what that extends', async () => {
    const folder = repository({});
    writeFileSync(join(folder, '..', OUTSIDE, 'policy.yaml'), 'extends: ./base.yaml\n');
    writeFileSync(join(folder, '..', OUTSIDE, 'base.yaml'), 'minimum: verify-full\n');
    const { code, stderr } = await run(folder, ['scan', '.', '--config', `../${OUTSIDE}/policy.yaml`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    symlinkSync(join('..', OUTSIDE, 'policy.yaml'), join(folder, 'named.yaml'));
    writeFileSync(join(folder, '..', OUTSIDE, 'policy.yaml'), 'minimum: verify-full\n');
    expect(await run(folder, ['scan', '.', '--config', 'named.yaml'])).toMatchObject({ code: 0, stderr: '' });
  });
});
