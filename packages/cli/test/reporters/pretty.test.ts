import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

/** The screen without what differs from run to run. */
async function screen(folder: string, ...argv: string[]): Promise<string> {
  const { stdout } = await run(folder, ['scan', ...argv]);
  return stdout.replace(/in \d+ ms/, 'in 9 ms');
}

describe('pretty', () => {
  it('shows where, what, why and what to do', async () => {
    const folder = tree({
      'app/.env': `# the database\nDATABASE_URL="postgres://app:${CANARY}@db.example.com/app?sslmode=disable" # ${CANARY}\n`,
      'app/package.json': '{ "dependencies": { "pg": "8.x" } }',
    });
    expect(await screen(folder)).toBe(
      [
        'error[no-plaintext]: node-postgres 8 sends this in plaintext: `sslmode=disable` turns TLS off.',
        ' --> app/.env:2:72  (DATABASE_URL)',
        '  |',
        '2 | DATABASE_URL="postgres://app:***@db.example.com/app?sslmode=disable" …',
        '  |                                                             ^^^^^^^ no encryption',
        '  |',
        '  = help: Set `sslmode=verify-full`.',
        '  = driver: node-postgres@8, by manifest app/package.json',
        '  = docs: https://github.com/sslmode/sslmode/blob/main/docs/rules/no-plaintext.md   confidence: medium',
        '',
        'To accept a finding, say why in a comment on the line above it: sslmode-ignore no-plaintext -- reason',
        '',
        'Checked 2 files, found 1 PostgreSQL connection in 9 ms: 1 disable.',
        '1 error, 0 warnings.',
        '',
      ].join('\n'),
    );
  });

  it('counts the same problem of many files (bitnami/charts has 1,435 templates)', async () => {
    const chart = '{{- if .Values.enabled }}\nPGHOST: db\n{{- end }}\n';
    const folder = tree(Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`templates/${String(index)}.yaml`, chart])));
    const text = await screen(folder);
    expect(text.match(/^problem: templates/gm)).toHaveLength(5);
    expect(text).toContain('problem: 3 more files: read as text: not valid YAML (it is a template) (--format json lists all)\n');
  });

  it('says what was looked at where all is well', async () => {
    const folder = tree({ '.env': 'DATABASE_URL=postgres://app@localhost/app\n', 'other.env': 'A=1\n' });
    expect(await screen(folder)).toBe('Checked 2 files, found 1 PostgreSQL connection in 9 ms: 1 disable.\nNo findings.\n');
  });

  it('names problems, skipped files and what was ignored', async () => {
    const folder = tree({
      '.env': `# sslmode-ignore no-plaintext until 2027-06-30 -- a tunnel\nDATABASE_URL=postgres://app@db.example.com/app?sslmode=disable\n`,
      'b.env': '\0',
      'c.env': '',
      '.gitignore': '.env\n',
    });
    mkdirSync(join(folder, '.git'));
    expect(await screen(folder)).toBe(
      [
        'problem: b.env: not read: it is binary',
        'problem: c.env: empty: there is nothing in it to check',
        '',
        'Checked 1 file, found 1 PostgreSQL connection in 9 ms: 1 disable.',
        '1 git-ignored .env file was read too.',
        'Not read: 1 binary, 1 empty.',
        'No findings; 1 ignored with a reason (--show-ignored lists them).',
        '',
      ].join('\n'),
    );
    const shown = await screen(folder, '--show-ignored');
    expect(shown).toMatch(/^error\[no-plaintext\] \(ignored\): /);
    expect(shown).toContain('  = ignored: by a comment until 2027-06-30: a tunnel\n');
  });

  it('says nothing that could look like a pass where nothing was read', async () => {
    expect(await run(tree(), ['scan'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sslmode: Nothing to read in .: no file of a kind that can hold a connection.\n',
    });
  });

  it('puts carets under the setting, whatever stands before it', async () => {
    const folder = tree({ '.env': `\tDATABASE_URL='postgres://app:${CANARY}@データ.example.com/app?sslmode=disable'\n` });
    const lines = (await screen(folder)).split('\n');
    expect(lines[3]).toBe(`1 | DATABASE_URL='postgres://app:***@データ.example.com/app?sslmode=disable'`);
    // The three wide characters take two cells each.
    expect(lines[4]?.indexOf('^')).toBe((lines[3]?.indexOf('disable') ?? 0) + 3);
  });
});
