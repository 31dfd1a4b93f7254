import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { page, root } from './pages.ts';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly provenance?: boolean };
}

const PACKAGES = ['core', 'cli', 'eslint-plugin'];

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

describe.each(PACKAGES)('packages/%s', (folder) => {
  const { name, dependencies = {}, scripts = {}, publishConfig } = manifest(join(root, 'packages', folder));

  it('names in docs/dependencies.md what it needs at run time, with a reason', () => {
    const rows = page('docs/dependencies.md').split('\n').flatMap((line) => {
      const [, owner = '', needs = '', why = ''] = /^\| `([^`]+)` \| (.+?) \| (.+) \|$/.exec(line) ?? [];
      return owner === name && why.length > 5 ? [...needs.matchAll(/`([^`]+)`/g)].map(([, each = '']) => each) : [];
    });
    expect(rows.toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });

  it('is installed without running anything', () => {
    expect(Object.keys(scripts).filter((script) => /^(?:pre|post)?install$|^prepare$/.test(script))).toEqual([]);
    for (const dependency of Object.keys(dependencies)) {
      const own = manifest(join(root, 'packages', folder, 'node_modules', dependency));
      expect(Object.keys(own.scripts ?? {}).filter((script) => /^(?:pre|post)?install$/.test(script)), dependency).toEqual([]);
    }
  });

  it('is published with provenance', () => {
    expect(publishConfig?.provenance).toBe(true);
  });
});

it('releases and CI take actions by commit, and store no token', () => {
  const folder = join(root, '.github/workflows');
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, action = ''] of text.matchAll(/uses: (\S+)/g)) expect(action, name).toMatch(/@[0-9a-f]{40}$/);
    expect(text).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN/);
  }
});
