import { chmodSync, linkSync, lstatSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { repository, write } from '../git/support.ts';
import { CANARY, run, tree, type Run } from '../support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const PG = { 'package.json': '{ "dependencies": { "pg": "^8.11.0" } }' };
const url = (query: string): string => `postgres://app:${CANARY}@db.example.com/app?${query}`;
const fix = (folder: string, ...argv: string[]): Promise<Run> => run(folder, ['scan', '--fix', '--fail-on', 'never', '--format', 'concise', ...argv]);

/** What stays the same after the second run as well. */
async function fixed(files: Readonly<Record<string, string | Uint8Array>>, name: string, ...argv: string[]): Promise<Buffer> {
  const folder = tree(files);
  await fix(folder, ...argv);
  const first = readFileSync(join(folder, name));
  const { stderr } = await fix(folder, ...argv);
  expect(stderr).toMatch(/^sslmode: Nothing was fixed\./);
  expect(readFileSync(join(folder, name)).equals(first)).toBe(true);
  return first;
}

describe('--fix makes only changes that cannot break a connection', () => {
  it.for<[what: string, name: string, before: string, after: string, files?: Record<string, string>]>([
    ['an exact duplicate', '.env', `A_URL=${url('sslmode=verify-full&sslmode=verify-full')}\n`, `A_URL=${url('sslmode=verify-full')}\n`, PG],
    ['three of them, between others', '.env', `A_URL=${url('sslmode=verify-full&a=1&sslmode=verify-full&b=2&sslmode=verify-full')}\n`, `A_URL=${url('a=1&b=2&sslmode=verify-full')}\n`, PG],
    ['a duplicate in keyword/value', '.env', `A="host=db.example.com sslmode=verify-full sslrootcert=system sslmode=verify-full"\n`, `A="host=db.example.com sslrootcert=system sslmode=verify-full"\n`],
    ['a setting that is never read', 'a.yaml', `url: "jdbc:postgresql://db.example.com/app?sslmode=verify-full&channel_binding=require" # x\n`, `url: "jdbc:postgresql://db.example.com/app?sslmode=verify-full" # x\n`],
    ['the same in ADO', 'a.yaml', `a: 'Host=db.example.com;Trust Server Certificate=true;SSL Mode=VerifyFull' # keep\r\n`, `a: 'Host=db.example.com;SSL Mode=VerifyFull' # keep\r\n`],
    ['a word that the driver takes for another', '.env', `A_URL=${url('sslmode=Verify-Full')}`, `A_URL=${url('sslmode=verify-full')}`, PG],
    ['a word that means so only in this version', '.env', `A_URL=${url('sslmode=require')}\n`, `A_URL=${url('sslmode=verify-full')}\n`, PG],
    ['one thing after another', '.env', `A_URL=${url('sslmode=Require&sslmode=Require')}\n`, `A_URL=${url('sslmode=verify-full')}\n`, PG],
    ['what is in JSON', 'a.json', `{\r\n\t"DATABASE_URL": "${url('sslmode=verify-full&sslmode=verify-full')}",\r\n\t"x": 1\r\n}`, `{\r\n\t"DATABASE_URL": "${url('sslmode=verify-full')}",\r\n\t"x": 1\r\n}`, PG],
    ['nothing that is too weak', '.env', `A_URL=${url('sslmode=disable')}\n`, `A_URL=${url('sslmode=disable')}\n`, PG],
    ['nothing that only some candidates never read', '.env', `A_URL=${url('sslmode=verify-full&sslrootcert=system&uselibpqcompat=true')}\n`, `A_URL=${url('sslmode=verify-full&sslrootcert=system&uselibpqcompat=true')}\n`],
    ['nothing of two that disagree', '.env', `A_URL=${url('sslmode=verify-full&sslmode=verify-ca')}\n`, `A_URL=${url('sslmode=verify-full&sslmode=verify-full')}\n`.replace('sslmode=verify-full&sslmode=verify-full', 'sslmode=verify-full&sslmode=verify-ca')],
    ['nothing that is ignored', '.env', `# sslmode-ignore no-ignored-setting -- see OPS-1\nA_URL=${url('sslmode=verify-full&sslmode=verify-full')}\n`, `# sslmode-ignore no-ignored-setting -- see OPS-1\nA_URL=${url('sslmode=verify-full&sslmode=verify-full')}\n`, PG],
    ['nothing in base64', 'a.yaml', `kind: Secret\ndata:\n  DATABASE_URL: ${Buffer.from(url('sslmode=verify-full&sslmode=verify-full')).toString('base64')}\n`, `kind: Secret\ndata:\n  DATABASE_URL: ${Buffer.from(url('sslmode=verify-full&sslmode=verify-full')).toString('base64')}\n`, PG],
  ])('%s', async ([, name, before, after, files = {}]) => {
    expect((await fixed({ ...files, [name]: before }, name)).toString()).toBe(after);
  });

  it('and the others with --unsafe', async () => {
    expect((await fixed({ ...PG, '.env': `A_URL=${url('sslmode=disable')}\n` }, '.env', '--unsafe')).toString()).toBe(`A_URL=${url('sslmode=verify-full')}\n`);
  });

  it.for([
    ['an attribute', '<beans><property name="url" value="URL"/></beans>', '&amp;'],
    ['an element', '<p><jdbc.url>URL</jdbc.url></p>', '&amp;'],
    ['CDATA', '<p><jdbc.url><![CDATA[URL]]></jdbc.url><!-- ]]> --></p>', '&'],
    ['behind CDATA', '<p><a><![CDATA[x]]></a><jdbc.url>URL</jdbc.url></p>', '&amp;'],
  ])('as XML has it: %s', async ([, xml = '', and = '']) => {
    const at = (query: string): string => `${xml.replace('URL', () => `jdbc:postgresql://db.example.com/app?${query}`)}\n`;
    const full = `sslmode=verify-full${and}sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory`;
    expect((await fixed({ 'context.xml': at('sslmode=disable') }, 'context.xml', '--unsafe')).toString()).toBe(at(full));
    expect((await fixed({ 'context.xml': at('ApplicationName=a') }, 'context.xml', '--unsafe')).toString()).toBe(at(`ApplicationName=a${and}${full}`));
    expect((await fixed({ 'context.xml': at(`sslmode=verify-full${and}sslmode=verify-full`) }, 'context.xml')).toString()).toBe(at('sslmode=verify-full'));
  });

  it.for<[what: string, name: string, before: string, after: string]>([
    ['no quotes', 'run.sh', 'psql URL?port=1\n', String.raw`psql URL?port=1\&sslmode=verify-full`],
    ['an ampersand that is escaped already', 'run.sh', 'psql URL?port=1\\&user=b >log\n', String.raw`psql URL?port=1\&user=b\&sslmode=verify-full >log`],
    ['double quotes', 'run.sh', 'psql "URL?port=1"\n', 'psql "URL?port=1&sslmode=verify-full"'],
    ['single quotes', 'run.sh', "psql 'URL?port=1'\n", "psql 'URL?port=1&sslmode=verify-full'"],
    ['a command in a string', 'run.sh', 'echo "$(psql URL?port=1)"\n', String.raw`echo "$(psql URL?port=1\&sslmode=verify-full)"`],
    ['behind a command in a string', 'run.sh', `X="$(id 'a')" DATABASE_URL="URL?port=1" ./serve\n`, `X="$(id 'a')" DATABASE_URL="URL?port=1&sslmode=verify-full" ./serve`],
    ['a here-document', 'run.sh', 'cat >.env <<EOF\nDATABASE_URL=URL?port=1\nEOF\n', 'cat >.env <<EOF\nDATABASE_URL=URL?port=1&sslmode=verify-full\nEOF'],
    ['RUN', 'Dockerfile', 'FROM a\nENV DATABASE_URL=URL?port=1\nRUN psql URL?port=1\n', String.raw`FROM a
ENV DATABASE_URL=URL?port=1&sslmode=verify-full
RUN psql URL?port=1\&sslmode=verify-full`],
    ['a list of words', 'Dockerfile', 'FROM a\nRUN ["psql", "URL?port=1"]\n', 'FROM a\nRUN ["psql", "URL?port=1&sslmode=verify-full"]'],
    ['a recipe', 'Makefile', 'db:\n\tpsql URL?port=1\n', String.raw`db:
	psql URL?port=1\&sslmode=verify-full`],
    ['a Procfile', 'Procfile', 'web: psql URL?port=1\nb: psql "URL?port=1"\n', String.raw`web: psql URL?port=1\&sslmode=verify-full
b: psql "URL?port=1&sslmode=verify-full"`],
    ['direnv', '.envrc', 'export DATABASE_URL=URL?port=1\n', String.raw`export DATABASE_URL=URL?port=1\&sslmode=verify-full`],
  ])('as the shell has it: %s', async ([, name, before, after]) => {
    const at = (text: string): string => text.replaceAll('URL?', 'postgres://db.example.com/app?');
    expect((await fixed({ ...PG, [name]: at(before) }, name, '--unsafe')).toString()).toBe(`${at(after)}\n`);
  });

  it('byte for byte, with marks, encodings and line ends as they were', async () => {
    const text = (query: string): string => `# ü\r\nA_URL=${url(query)}\rX=1\n\n`;
    const before = Buffer.from(`\ufeff${text('sslmode=verify-full&sslmode=verify-full')}`, 'utf16le');
    expect(await fixed({ ...PG, '.env': before }, '.env')).toEqual(Buffer.from(`\ufeff${text('sslmode=verify-full')}`, 'utf16le'));
    const broken = Buffer.concat([Buffer.from([0x23, 0xff, 0x0a]), Buffer.from(text('sslmode=verify-full&sslmode=verify-full'))]);
    const folder = tree({ ...PG, '.env': broken });
    expect(await fix(folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('sslmode: .env: not fixed: it is not valid UTF-8\n') as string });
    expect(readFileSync(join(folder, '.env'))).toEqual(broken);
  });

  it('says what it did and what is left', async () => {
    const folder = tree({ ...PG, '.env': `A_URL=${url('sslmode=verify-full&sslmode=verify-full')}\nB_URL=${url('sslmode=disable')}\n` });
    const { code, stdout, stderr } = await run(folder, ['scan', '--fix']);
    expect(stderr).toBe('sslmode: Fixed 1 finding in 1 file. 1 finding has a fix after which a connection could fail: --diff --unsafe shows it.\n');
    expect(stdout).toContain('no-plaintext');
    expect(stdout).not.toContain('no-ignored-setting');
    expect(code).toBe(1);
  });

  it('keeps the permissions of a file', async () => {
    const folder = tree({ ...PG, '.env': `A_URL=${url('sslmode=verify-full&sslmode=verify-full')}\n` });
    chmodSync(join(folder, '.env'), 0o600);
    await fix(folder);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  });
});

describe('--fix never writes', () => {
  const DUPLICATE = `A_URL=${url('sslmode=verify-full&sslmode=verify-full')}\n`;

  it('through a link, or into another name of the same file', async () => {
    const elsewhere = tree({ 'real.env': DUPLICATE, 'folder/.env': DUPLICATE, 'hard.env': DUPLICATE });
    const folder = repository({ ...PG, 'a.env': 'A=1\n' });
    symlinkSync(join(elsewhere, 'real.env'), join(folder, '.env'));
    symlinkSync(join(elsewhere, 'folder'), join(folder, 'linked'));
    linkSync(join(elsewhere, 'hard.env'), join(folder, 'hard.env'));
    expect(await fix(folder, '.env')).toMatchObject({ code: 2, stderr: expect.stringContaining('.env: not fixed: it is a link; fix the file that it leads to') as string });
    expect(await fix(folder, 'linked/.env')).toMatchObject({ code: 2, stderr: expect.stringContaining('not fixed: it lies outside the project, behind a link') as string });
    await fix(folder);
    expect(readFileSync(join(folder, 'hard.env'), 'utf8')).not.toBe(DUPLICATE);
    for (const name of ['real.env', 'folder/.env', 'hard.env']) expect(readFileSync(join(elsewhere, name), 'utf8')).toBe(DUPLICATE);
    expect(readlinkSync(join(folder, '.env'))).toBe(join(elsewhere, 'real.env'));
    expect(lstatSync(join(folder, '.env')).isSymbolicLink()).toBe(true);
  });

  it('where the policy is broken', async () => {
    const folder = tree({ ...PG, '.env': DUPLICATE, 'sslmode.config.yaml': 'minimun: require\n' });
    expect(await fix(folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was fixed, since not everything could be judged.') as string });
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(DUPLICATE);
  });

  it.for([[['--staged']], [['--stdin-filename', '.env']], [['--update-baseline']]])('with %j', async ([argv]) => {
    const folder = repository({ '.env': DUPLICATE });
    const { code, stderr } = await run(folder, ['scan', '--fix', ...(argv ?? [])]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/exclude each other\.\n$/) as string });
  });

  it('without --fix', async () => {
    const folder = tree({ ...PG, '.env': DUPLICATE });
    for (const argv of [['--diff'], ['--diff', '--fix'], ['--diff', '--unsafe']]) await run(folder, ['scan', ...argv]);
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(DUPLICATE);
    expect(await run(folder, ['scan', '--unsafe'])).toMatchObject({ code: 2, stderr: 'sslmode: --unsafe goes with --fix or --diff.\n' });
  });
});

describe('--diff', () => {
  it('shows the change and no secret', async () => {
    const folder = tree({
      ...PG,
      '.env': `OTHER=${CANARY}\nA_URL="${url('sslmode=verify-full&sslmode=verify-full')}" # ${CANARY}\n`,
      'a.json': `{ "token": "${CANARY}", "DATABASE_URL": "postgres:\\/\\/app:${CANARY}@db.example.com/app?sslmode=verify-full&sslmode=verify-full" }`,
      'db.js': `import pg from 'pg';\nexport const a = new pg.Pool({ host: 'db.example.com', password: '${CANARY}', sslmode: 'require', ssl: true });\n`,
    });
    const { code, stdout, stderr } = await run(folder, ['scan', '--diff', '--unsafe']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(
      [
        '--- .env',
        '+++ .env',
        '@@ line 2 @@ no-ignored-setting: Delete `sslmode=verify-full`.',
        '-A_URL="postgres://app:***@db.example.com/app?sslmode=verify-full&sslmode=verify-full" …',
        '+A_URL="postgres://app:***@db.example.com/app?sslmode=verify-full" …',
        '--- a.json',
        '+++ a.json',
        '@@ line 1 @@ no-ignored-setting: Delete `sslmode=verify-full`.',
        '-… sslmode=verify-full& …',
        '',
      ].join('\n'),
    );
    expect(stdout).toMatch(/^--- db\.js$/m);
    expect(stdout).not.toContain(CANARY);
  });

  it('leaves standard output to itself', async () => {
    const folder = tree({ ...PG, '.env': `A_URL=${url('sslmode=disable')}\n` });
    expect(await run(folder, ['scan', '--diff'])).toEqual({ code: 1, stdout: '', stderr: 'sslmode: Nothing to fix. 1 finding has a fix after which a connection could fail: --diff --unsafe shows it.\n' });
    expect((await run(folder, ['scan', '--diff', '--format', 'json'])).code).toBe(2);
    await run(folder, ['scan', '--diff', '--format', 'json=out.json']);
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).toContain('no-plaintext');
  });

  it('lets nothing act on the terminal', async () => {
    const folder = tree(PG);
    write(folder, { '\u001b]0;x\u0007.env': `A_URL=${url('sslmode=verify-full&sslmode=verify-full')}\u001b[2J\n` });
    writeFileSync(join(folder, 'b.env'), `A_URL=${url('sslmode=verify-full\u001b[2J&ssl=\u202e&sslmode=verify-full\u001b[2J')}\n`);
    const { stdout } = await run(folder, ['scan', '--diff', '--unsafe']);
    for (const control of ['\u001b', '\u0007', '\u202e']) expect(stdout).not.toContain(control);
  });
});
