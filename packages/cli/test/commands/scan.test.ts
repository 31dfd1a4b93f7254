import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/index.ts';
import { CANARY, run, tree, type Run } from '../support.ts';

const PLAINTEXT = `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n`;
const VERIFIED = `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=verify-full&sslrootcert=system\n`;
/** Without a driver in sight, libpq counts: enough for the minimum, short of what is recommended. */
const ENCRYPTED = `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=require\n`;

function reportOf({ stdout }: Run): Report {
  return JSON.parse(stdout) as Report;
}

async function report(cwd: string, ...argv: string[]): Promise<Report> {
  return reportOf(await run(cwd, ['scan', '--format', 'json', ...argv]));
}

describe('exit codes', () => {
  it.for<[what: string, files: Record<string, string>, argv: string[], code: number]>([
    ['nothing found', { '.env': VERIFIED }, [], 0],
    ['no connection at all', { '.env': 'A=1\n' }, [], 0],
    ['an error', { '.env': PLAINTEXT }, [], 1],
    ['an error, and --fail-on never', { '.env': PLAINTEXT }, ['--fail-on', 'never'], 0],
    ['a warning', { '.env': ENCRYPTED }, [], 0],
    ['a warning, and --fail-on warning', { '.env': ENCRYPTED }, ['--fail-on', 'warning'], 1],
    ['as many warnings as allowed', { '.env': ENCRYPTED }, ['--max-warnings', '1'], 0],
    ['more warnings than allowed', { '.env': ENCRYPTED }, ['--max-warnings', '0'], 1],
    ['--minimum raised', { '.env': ENCRYPTED }, ['--minimum', 'verify-full'], 1],
    ['an ignored error', { '.env': `# sslmode-ignore no-plaintext -- a tunnel\n${PLAINTEXT}` }, [], 0],
    ['an error in machine formats', { '.env': PLAINTEXT }, ['--format', 'sarif'], 1],
    ['a folder without anything to read', { 'readme.md': '' }, [], 2],
    ['an empty folder', {}, [], 2],
    ['a named folder without anything to read beside one with', { '.env': VERIFIED, 'empty/readme.md': '' }, ['.', 'empty'], 2],
    ['a path that is not there', { '.env': VERIFIED }, ['nowhere'], 2],
    ['a named file of another kind', { 'readme.md': PLAINTEXT }, ['readme.md'], 0],
    ['named files', { '.env': VERIFIED, 'b.env': PLAINTEXT }, ['b.env'], 1],
    ['a broken policy', { '.env': VERIFIED, 'sslmode.config.yaml': 'minimun: require\n' }, [], 2],
    ['a broken policy, and --no-config', { '.env': VERIFIED, 'sslmode.config.yaml': 'minimun: require\n' }, ['--no-config'], 0],
    ['a broken policy and an error', { '.env': PLAINTEXT, 'sslmode.config.yaml': '[' }, [], 2],
    ['a --config that is not there', { '.env': VERIFIED }, ['--config', 'none.yaml'], 2],
    ['a file that cannot be read as it should be', { '.env': VERIFIED, 'b.env': '\0' }, [], 0],
    ['the same, and --strict-collection', { '.env': VERIFIED, 'b.env': '\0' }, ['--strict-collection'], 2],
    ['two formats for standard output', { '.env': VERIFIED }, ['--format', 'json', '--format', 'sarif'], 2],
    ['a file that cannot be written', { '.env': VERIFIED }, ['--format', 'json=no/such/folder.json'], 2],
    ['a date that there is not', { '.env': VERIFIED }, ['--today', '2027-02-30'], 2],
    ['a size that is none', { '.env': VERIFIED }, ['--max-file-size', '0'], 2],
    ['--no-baseline', { '.env': VERIFIED }, ['--no-baseline'], 0],
  ])('%s: %3$j', async ([, files, argv, code]) => {
    const done = await run(tree(files), ['scan', ...argv]);
    expect({ ...done, code: done.code }).toMatchObject({ code });
    if (code === 2) expect(done.stderr).toMatch(/^sslmode: .+\n$/);
    else if (!argv.includes('--max-warnings')) expect(done.stderr).toBe('');
  });
});

describe('bad input gets a line each, and the rest is scanned', () => {
  it('in a tree', async () => {
    const folder = tree({
      'good/.env': PLAINTEXT,
      'binary.env': 'A=\0',
      'empty.env': '',
      'huge.env': 'A=1\n'.repeat(300),
      'latin1.env': Buffer.from(`NAME=M\xfcller\n${PLAINTEXT}`, 'latin1'),
      'broken.yaml': `url: postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n  bad: [\n`,
      'utf16.env': Buffer.from(`\ufeff${PLAINTEXT}`, 'utf16le'),
    });
    mkdirSync(join(folder, 'folder.env'));
    symlinkSync('..', join(folder, 'good/loop'));
    symlinkSync('nowhere', join(folder, 'dangling.env'));
    execFileSync('mkfifo', [join(folder, 'pipe.env')]);
    const { code, stdout, stderr } = await run(folder, ['scan', '--format', 'json', '--max-file-size', '0.001']);
    const { problems, summary, findings } = reportOf({ code, stdout, stderr });
    expect(problems.map(({ file, line, message }) => [file, line, message])).toEqual([
      ['binary.env', null, 'not read: it is binary'],
      ['broken.yaml', expect.any(Number), expect.stringMatching(/^read as text: not valid YAML/)],
      ['dangling.env', null, 'cannot be read: a link to something that does not exist'],
      ['empty.env', null, 'empty: there is nothing in it to check'],
      ['good/loop', null, 'not followed: a link to a folder that it lies in, so it would never end'],
      ['huge.env', null, expect.stringMatching(/^not read: .* more than the .* of --max-file-size$/)],
      ['latin1.env', 1, 'not valid UTF-8: read with its bad bytes replaced'],
      ['pipe.env', null, 'not read: a named pipe'],
    ]);
    expect(summary).toMatchObject({ files: 4, skipped: { binary: 1, empty: 1, tooLarge: 1, unreadable: 3 } });
    expect(findings.map(({ file }) => file)).toEqual(expect.arrayContaining(['good/.env', 'latin1.env', 'utf16.env']));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const pretty = await run(folder, ['scan', '--max-file-size', '0.001']);
    for (const { file, message } of problems) expect(pretty.stdout).toMatch(new RegExp(`^problem: ${file}.*: ${message.slice(0, 20)}`, 'm'));
  });

  it('in a policy: file, line, key and the nearest right key; what lies elsewhere is not concerned', async () => {
    const folder = tree({
      'a/.env': PLAINTEXT,
      'a/sslmode.config.yaml': 'extends: sslmode:strict\nminimun: require\n',
      'b/.env': ENCRYPTED,
      'b/sslmode.config.json': '{ "minimum": "verify-full" }',
    });
    const { code, stdout, stderr } = await run(folder, ['scan', '--format', 'json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sslmode: a\/sslmode\.config\.yaml:2: minimun: .*minimum.*\n$/);
    const { findings, problems } = reportOf({ code, stdout, stderr });
    expect(findings.map(({ file, rule, severity }) => [file, rule, severity])).toEqual([
      ['a/.env', 'no-plaintext', 'error'],
      ['b/.env', 'no-unverified-certificate', 'error'],
    ]);
    expect(problems).toMatchObject([{ file: 'a/sslmode.config.yaml', line: 2 }]);
  });

  it('named on the command line is exit code 2', async () => {
    const folder = tree({ '.env': PLAINTEXT });
    execFileSync('mkfifo', [join(folder, 'pipe.env')]);
    const { code, stdout, stderr } = await run(folder, ['scan', '.env', 'pipe.env', '--format', 'json']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'sslmode: pipe.env: not read: a named pipe\n' });
    expect(reportOf({ code, stdout, stderr }).findings).toHaveLength(1);
  });
});

describe('which files are read', () => {
  const files = {
    '.git/HEAD': '',
    '.gitignore': '.env\nignored/\n*.local.yaml\n',
    '.env': PLAINTEXT,
    'app.env': VERIFIED,
    'x.local.yaml': 'A: 1\n',
    'ignored/.env': PLAINTEXT,
    'vendor/.env': PLAINTEXT,
    'node_modules/pg/.env': PLAINTEXT,
    'readme.md': PLAINTEXT,
  };

  it.for<[argv: string[], expected: string[]]>([
    [[], ['.env', 'app.env', 'vendor/.env']],
    [['--no-gitignore'], ['.env', 'app.env', 'ignored/.env', 'vendor/.env', 'x.local.yaml']],
    [['--exclude', 'vendor/**'], ['.env', 'app.env']],
    [['--exclude=vendor', '--exclude=*.env'], []],
    [['ignored', 'x.local.yaml', 'app.env', 'app.env'], ['app.env', 'ignored/.env', 'x.local.yaml']],
    [['.', 'vendor'], ['.env', 'app.env', 'vendor/.env']],
  ])('%j: %j', async ([argv, expected]) => {
    const { stdout } = await run(tree(files), ['scan', '--list-files', ...argv]);
    expect(stdout.split('\n').slice(0, -1)).toEqual(expected);
  });

  it('says how many of them git ignores', async () => {
    const folder = tree(files);
    expect((await report(folder)).summary).toMatchObject({ files: 3, gitIgnored: 2 });
    expect((await run(folder, ['scan'])).stdout).toContain('2 git-ignored .env files were read too.');
  });

  it('leaves out what the policy excludes, named or not', async () => {
    const folder = tree({ ...files, 'sslmode.config.yaml': 'exclude: ["vendor/**"]\n' });
    expect((await run(folder, ['scan', '--list-files'])).stdout).toBe('.env\napp.env\nsslmode.config.yaml\n');
    expect(await report(folder, 'vendor/.env')).toMatchObject({ summary: { files: 0, skipped: { excluded: 1 } }, findings: [] });
    expect((await report(folder, '--no-config', 'vendor/.env')).findings).toHaveLength(1);
  });

  it('counts a named file of another kind', async () => {
    expect((await report(tree(files), 'readme.md')).summary).toMatchObject({ files: 0, skipped: { otherKind: 1 } });
  });

  it('lists a name with a line feed on one line', async () => {
    const { stdout } = await run(tree({ 'a\nb.env': '' }), ['scan', '--list-files']);
    expect(stdout).toBe('a\\x0ab.env\n');
  });
});

describe('paths in reports', () => {
  it('are relative to the working directory, outside it to the PATH', async () => {
    const folder = tree({ 'app/sub/.env': PLAINTEXT, 'elsewhere/x': '' });
    const fileOf = async (cwd: string, path: string): Promise<string | undefined> => (await report(cwd, path)).findings[0]?.file;
    expect(await fileOf(folder, 'app')).toBe('app/sub/.env');
    expect(await fileOf(folder, join(folder, 'app'))).toBe('app/sub/.env');
    expect(await fileOf(join(folder, 'elsewhere'), '../app')).toBe('sub/.env');
    expect(await fileOf(join(folder, 'elsewhere'), '../app/sub/.env')).toBe('.env');
  });
});

describe('--stdin-filename', () => {
  it('reads standard input as if it were the file, under the policy and manifests around it', async () => {
    const folder = tree({
      'app/package.json': '{ "dependencies": { "postgres": "^3.4.0" } }',
      'sslmode.config.yaml': 'minimum: verify-full\n',
    });
    mkdirSync(join(folder, '.git'));
    const done = await run(folder, ['scan', '--format', 'json', '--stdin-filename', 'app/.env'], { stdin: ENCRYPTED });
    expect(done.code).toBe(1);
    expect(reportOf(done).findings).toMatchObject([{ file: 'app/.env', rule: 'no-unverified-certificate', driver: 'postgres.js@3', evidence: { file: 'app/package.json' } }]);
  });

  it('skips and counts another kind, and takes no PATH beside it', async () => {
    const done = await run(tree(), ['scan', '--format', 'json', '--stdin-filename', 'readme.md'], { stdin: PLAINTEXT });
    expect(done.code).toBe(0);
    expect(reportOf(done).summary).toMatchObject({ files: 0, skipped: { otherKind: 1 } });
    expect((await run(tree(), ['scan', '--stdin-filename', '.env', '.'])).code).toBe(2);
  });
});

describe('drivers and local names come from around the file', () => {
  it('a manifest, a lockfile, a compose file', async () => {
    const folder = tree({
      'package.json': '{ "dependencies": { "pg": "^8.0.0" } }',
      '.env': ENCRYPTED,
      '.env.local': `DATABASE_URL=postgres://app:${CANARY}@db/app\n`,
      'compose.yaml': 'services:\n  db:\n    image: postgres:18\n',
    });
    const { connections } = await report(folder);
    expect(connections.map(({ file, driver, effective, hostClass }) => [file, driver, effective, hostClass])).toEqual([
      ['.env', 'node-postgres@8', 'verify-full', 'public'],
      ['.env.local', 'node-postgres@8', 'disable', 'local'],
    ]);
    expect(connections[0]?.evidence).toEqual({ kind: 'manifest', file: 'package.json', line: null });
  });
});

describe('several formats at once', () => {
  it('go where they are told, without colours', async () => {
    const folder = tree({ '.env': PLAINTEXT });
    const { stdout } = await run(folder, ['scan', '--format', 'json=out.json', '--format', 'pretty=out.txt', '--format', 'concise', '--color', 'always']);
    expect(stdout).toMatch(/^\.env:1:\d+: error no-plaintext /);
    expect((JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as Report).findings).toHaveLength(1);
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toMatch(/^error\[no-plaintext\]: /);
  });

  it('leave standard output to pretty where none of them takes it', async () => {
    const folder = tree({ '.env': PLAINTEXT });
    const { stdout } = await run(folder, ['scan', '--format', 'json=a=b.json']);
    expect(stdout).toMatch(/^error\[no-plaintext\]: /);
    expect(existsSync(join(folder, 'a=b.json'))).toBe(true);
  });
});

describe('--print-config', () => {
  it('prints the policy in force', async () => {
    const folder = tree({ 'sslmode.config.yaml': 'minimum: { public: verify-ca }\n', 'sub/x': '' });
    const { code, stdout } = await run(folder, ['scan', '--print-config', 'sub/.env', '--minimum', 'require']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'sslmode.config.yaml', classes: { public: { minimum: 'verify-ca' }, private: { minimum: 'require' }, loopback: { minimum: 'disable' } } });
  });

  it('fails where that is broken', async () => {
    const done = await run(tree({ 'sslmode.config.yaml': 'minimum: verify\n' }), ['scan', '--print-config', '.env']);
    expect(done).toMatchObject({ code: 2, stdout: '' });
    expect(done.stderr).toContain('sslmode.config.yaml:1: minimum: ');
  });
});

describe('what a scan prints', () => {
  const noisy = {
    '.env': [
      '# sslmode-ignore no-plaintext until 2026-12-31 -- a tunnel',
      PLAINTEXT,
      `PGHOST=db.example.com\nPGPASSWORD=${CANARY}\nPGSSLMODE=prefer`,
      `OTHER="host=db.example.com password='${CANARY}' sslmode=verify sslpassword=${CANARY}"`,
      `BROKEN_URL=postgres://app:${CANARY}@[db.example.com/app?sslmode=require`,
    ].join('\n'),
    'k8s.yaml': [
      'apiVersion: v1',
      'kind: Secret',
      'data:',
      `  DATABASE_URL: ${Buffer.from(`postgres://app:${CANARY}@db.example.com/app?sslmode=disable`).toString('base64')}`,
      'stringData:',
      `  OTHER_URL: { x: ${CANARY}, DATABASE_URL: "postgres://app:${CANARY}@db.example.com/app?sslmode=allow" } # ${CANARY}`,
    ].join('\n'),
  };

  it.for(['pretty', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'csv', 'html'])('%s holds no secret, and the same bytes on every run', async (format) => {
    const folder = tree(noisy);
    const argv = ['scan', '--format', format, '--show-ignored', '--confidence', 'low', '--fail-on', 'never'];
    const first = await run(folder, argv);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('no-plaintext');
    expect(first.stdout).not.toContain(CANARY);
    expect(first.stdout).not.toContain(Buffer.from(CANARY).toString('base64').slice(2, 14));
    expect(first.stdout).not.toContain(folder);
    const second = await run(folder, argv);
    const timeless = ({ stdout }: Run): string => stdout.replace(/in \d+ ms/, '');
    expect(timeless(second)).toBe(timeless(first));
  });

  it('says no colours to a pipe, and colours to a terminal', async () => {
    const folder = tree(noisy);
    expect((await run(folder, ['scan'])).stdout).not.toContain('\u001b');
    expect((await run(folder, ['scan'], { tty: true })).stdout).toContain('\u001b[31m');
    expect((await run(folder, ['scan'], { tty: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });

  it('lets no name of a file act on the terminal', async () => {
    const folder = tree({ '\u001b]0;title\u0007\u202e.env': PLAINTEXT, 'line\nfeed.env': PLAINTEXT });
    for (const format of ['pretty', 'concise', 'github']) {
      const { stdout } = await run(folder, ['scan', '--format', format]);
      for (const control of ['\u001b', '\u0007', '\u202e']) expect(stdout).not.toContain(control);
      expect(stdout).not.toMatch(/^feed\.env/m);
    }
  });

  it('says nothing but errors with --quiet', async () => {
    const folder = tree({ '.env': ENCRYPTED, 'b.env': '\0' });
    expect(await run(folder, ['scan', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    writeFileSync(join(folder, '.env'), PLAINTEXT);
    const { stdout } = await run(folder, ['scan', '-q']);
    expect(stdout).toMatch(/^error\[no-plaintext\]/);
    expect(stdout).not.toContain('Checked');
  });

  it('says where the time went with --stats, on standard error', async () => {
    const { stderr } = await run(tree({ '.env': VERIFIED }), ['scan', '--stats']);
    expect(stderr).toMatch(/^stats: \d+ ms for 1 file and 1 connection, \d+ MB of memory\n$/);
  });

  it('counts an ignore that has run out as none', async () => {
    const folder = tree({ '.env': noisy['.env'] });
    const ignored = async (today: string): Promise<number> => (await report(folder, '--today', today)).summary.ignored;
    expect([await ignored('2026-12-31'), await ignored('2027-01-01')]).toEqual([1, 0]);
  });
});
