import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/index.ts';
import { CANARY, run, tree } from '../support.ts';

const url = (query: string, host = 'db.example.com'): string => `postgres://app:${CANARY}@${host}/app?${query}`;

vi.setConfig({ testTimeout: 60_000 });

/** Findings of both severities, one ignored, one without a connection, a problem, and names that try to be markup. */
function sample(): string {
  const folder = tree({
    'app/.env': `A_URL=${url('sslmode=disable')}\n# sslmode-ignore no-plaintext -- a tunnel, "a" <b> & c\nB_URL=${url('sslmode=disable')}\nNODE_TLS_REJECT_UNAUTHORIZED=0\n`,
    'app/w.env': `A_URL=${url('sslmode=require')}\n`,
    'app/<img src=x onerror=alert(1)>|`"&.env': `A_URL=${url('sslmode=allow')}\n`,
    'app/=cmd.env': `A_URL=${url('sslmode=prefer')}\n`,
    'app/binary.env': '\0',
  });
  mkdirSync(join(folder, '.git'));
  return join(folder, 'app');
}

const print = async (format: string, ...argv: string[]): Promise<string> => {
  const { stdout, stderr, code } = await run(sample(), ['scan', '--format', format, ...argv]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
  expect(stdout).not.toContain(CANARY);
  return stdout;
};

const report = async (): Promise<Report> => JSON.parse(await print('json')) as Report;

describe('gitlab', () => {
  it('has what GitLab asks for, paths from the project root, and all fingerprints different', async () => {
    const entries = JSON.parse(await print('gitlab')) as { description: string; check_name: string; fingerprint: string; severity: string; location: { path: string; lines: { begin: number } } }[];
    expect(entries.map(({ check_name, severity, location }) => `${severity} ${check_name} ${location.path}:${location.lines.begin}`)).toEqual([
      'critical no-plaintext-fallback app/<img src=x onerror=alert(1)>|`"&.env:1',
      'critical no-plaintext app/.env:1',
      'critical no-global-tls-bypass app/.env:4',
      'critical no-plaintext-fallback app/=cmd.env:1',
      'minor prefer-verified app/w.env:1',
      'info problem app/binary.env:1',
    ].sort((a, b) => Number(a.startsWith('info')) - Number(b.startsWith('info')) || (a.slice(a.indexOf('app/')) < b.slice(b.indexOf('app/')) ? -1 : 1)));
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
    for (const { description } of entries) expect(description).not.toBe('');
  });

  it('keeps fingerprints apart that two projects share', async () => {
    const content = `A_URL=${url('sslmode=disable')}\n`;
    const folder = tree({ 'one/.git/HEAD': '', 'one/.env': content, 'two/.git/HEAD': '', 'two/.env': content });
    const { stdout } = await run(folder, ['scan', '--format', 'gitlab']);
    const prints = (JSON.parse(stdout) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(2);
  });
});

describe('junit', () => {
  it('counts findings as failures and problems as errors, and is well-formed', async () => {
    const xml = await print('junit', '--show-ignored');
    const folder = tree({ 'report.xml': xml });
    const script = [
      'import sys, json, xml.etree.ElementTree as T',
      'r = T.parse(sys.argv[1]).getroot()',
      'print(json.dumps({"counts": [r.get(n) for n in ("tests", "failures", "errors")], "cases": [[c.get("classname"), c.get("name"), [(e.tag, e.get("type"), e.get("message")) for e in c]] for c in r.iter("testcase")]}))',
    ].join('\n');
    const parsed = JSON.parse(execFileSync('python3', ['-c', script, join(folder, 'report.xml')], { encoding: 'utf8' })) as { counts: string[]; cases: [string, string, [string, string, string][]][] };
    expect(parsed.counts).toEqual(['8', '5', '1']);
    const outcomes = parsed.cases.map(([file, name, [outcome]]) => `${file}: ${name.split(' ')[0] ?? ''}: ${outcome?.slice(0, 2).filter(Boolean).join(' ') ?? 'passed'}`);
    expect(outcomes).toContain('sslmode: checked: passed');
    expect(outcomes).toContain('<img src=x onerror=alert(1)>|`"&.env: no-plaintext-fallback: failure error');
    expect(outcomes).toContain('w.env: prefer-verified: failure warning');
    expect(outcomes).toContain('binary.env: problem: error problem');
    expect(parsed.cases.flatMap(([, , found]) => found.map(([, , message]) => message))).toContain('ignored: a tunnel, "a" <b> & c');
  });

  it('has a test where nothing is wrong', async () => {
    const { stdout } = await run(tree({ '.env': 'A=1\n' }), ['scan', '--format', 'junit']);
    expect(stdout).toContain('<testsuites name="sslmode" tests="1" failures="0" errors="0">');
    expect(stdout).toContain('name="checked 1 file, found 0 PostgreSQL connections"');
  });
});

describe('markdown', () => {
  it('begins with what is wrong, errors first, and nothing in it is markup', async () => {
    const text = await print('markdown');
    const lines = text.split('\n');
    expect(lines[0]).toBe('### sslmode: 4 errors, 1 warning');
    expect(lines.filter((line) => line.startsWith('| **') || line.startsWith('| w')).map((line) => line.split(' | ')[0])).toEqual(['| **error**', '| **error**', '| **error**', '| **error**', '| warning']);
    const hostile = lines.find((line) => line.includes('onerror')) ?? '';
    expect(hostile).toContain('| `` <img src=x onerror=alert(1)>\\|`"&.env:1 ``<br>`A_URL` |');
    expect(hostile.replace(/\\\|/g, '').split('|')).toHaveLength(6);
    expect(text).toContain('<details><summary>1 problem</summary>\n\n- `binary.env`: not read: it is binary\n');
    expect(text).toMatch(/\nChecked 4 files, found 5 PostgreSQL connections; 1 ignored\.\n$/);
    // Nobody is notified.
    expect(text.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '')).not.toMatch(/@\w/);
  });

  it('fits into a comment', async () => {
    const folder = tree({ '.env': Array.from({ length: 900 }, (_, index) => `A${index}_URL=${url('sslmode=disable')}\n`).join('') });
    for (let index = 0; index < 300; index++) writeFileSync(join(folder, `binary-with-a-long-name-so-that-it-takes-room-${index}.env`), '\0');
    const { stdout } = await run(folder, ['scan', '--format', 'markdown']);
    expect(stdout.length).toBeLessThan(65_536);
    expect(stdout).toMatch(/\n… and \d+ more findings\.\n/);
    expect(stdout).toMatch(/\n… and \d+ more problems\.\n/);
  });

  it('does not look like a pass where the scan failed', async () => {
    const { stdout, code } = await run(tree({ '.env': 'A=1\n', 'sslmode.config.yaml': 'minimun: x\n' }), ['scan', '--format', 'markdown']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^### sslmode: the scan failed\n\nsslmode\.config\.yaml:1: minimun: /);
  });
});

describe('csv', () => {
  it('has a row a finding and a problem, and no formulas', async () => {
    const rows = (await print('csv', '--show-ignored')).trimEnd().split('\n');
    expect(rows[0]).toBe('severity,rule,file,line,column,key,host,host class,database,driver,effective,required,threshold,confidence,message,remedy,ignored,fingerprint');
    expect(rows).toHaveLength(1 + 6 + 1);
    expect(rows.some((row) => row.startsWith("error,no-plaintext-fallback,'=cmd.env,1,"))).toBe(true);
    expect(rows.some((row) => row.includes('"a tunnel, ""a"" <b> & c"'))).toBe(true);
    expect(rows.at(-1)).toMatch(/^problem,,binary\.env,,.*,not read: it is binary,,,$/);
    const { findings } = await report();
    expect(rows.filter((row) => findings.some(({ fingerprint }) => row.endsWith(fingerprint)))).toHaveLength(6);
  });
});
