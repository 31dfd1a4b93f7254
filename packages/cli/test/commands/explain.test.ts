import { describe, expect, it } from 'vitest';
import type { Verdict } from '@sslmode/core';
import { CANARY, run } from '../support.ts';

const URL = `postgres://app:${CANARY}@db.example.com/app?sslmode=require`;

function verdicts(stdout: string): Verdict[] {
  return (JSON.parse(stdout) as { verdicts: Verdict[] }).verdicts;
}

describe('explain', () => {
  it('tells what each driver does, in one table', async () => {
    const { code, stdout, stderr } = await run('/', ['explain', URL]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^DRIVER +EFFECTIVE +EAVESDROPPER +IMPOSTOR +WHY\n/);
    expect(stdout).toMatch(/^libpq \d+ +require +shut out +succeeds +\S/m);
    expect(stdout).toMatch(/^node-postgres 8 +verify-full +shut out +shut out +\S/m);
    expect(stdout).toMatch(/^postgres\.js 3 +require +shut out +succeeds +\S/m);
    expect(stdout).not.toContain(CANARY);
  });

  it('adds what is ignored and what is needed', async () => {
    const { stdout } = await run('/', ['explain', `host=h sslmode=verify-full`, '--driver', 'libpq']);
    expect(stdout).toMatch(/^libpq 18: +needs a root certificate file/m);
  });

  it.for<[what: string, argv: string[], expected: [driver: string, version: string, effective: string][]]>([
    ['one driver at a version', [URL, '--driver', 'node-postgres@9'], [['node-postgres', '9', 'require']]],
    ['several drivers', [URL, '--driver=postgres.js', '--driver=libpq'], [['postgres.js', '3', 'require'], ['libpq', '18', 'require']]],
    ['an options object', ['--options', '{"ssl":{"rejectUnauthorized":false}}', '--driver', 'node-postgres'], [['node-postgres', '8', 'require']]],
    ['a string beside options', ['postgres://h/d', '--options', '{"ssl":true}', '--driver', 'node-postgres'], [['node-postgres', '8', 'verify-full']]],
    ['the environment', ['postgres://h/d', '--env', 'PGSSLMODE=require', '--driver', 'node-postgres'], [['node-postgres', '8', 'verify-full']]],
    ['a value with an equals sign', ['--env', 'PGOPTIONS=-c a=b', '--env', 'PGSSLMODE=disable', '--driver', 'libpq'], [['libpq', '18', 'disable']]],
    ['a root certificate that is there', [URL, '--root-certificate', 'present', '--driver', 'libpq'], [['libpq', '18', 'verify-ca']]],
    ['a root certificate that is not', ['host=h sslmode=verify-full', '--root-certificate', 'absent', '--driver', 'libpq'], [['libpq', '18', 'error']]],
    ['an empty string', ['', '--driver', 'libpq'], [['libpq', '18', 'prefer']]],
  ])('takes %s', async ([, argv, expected]) => {
    const { code, stdout } = await run('/', ['explain', '--format', 'json', ...argv]);
    expect(code).toBe(0);
    expect(verdicts(stdout).map(({ driver, version, effective }) => [driver, version, effective])).toEqual(expected);
  });

  it('does not look at the real environment', async () => {
    const argv = ['explain', 'host=h', '--driver', 'libpq', '--format', 'json'];
    expect(verdicts((await run('/', argv, { env: { PGSSLMODE: 'disable' } })).stdout)[0]?.effective).toBe('prefer');
  });

  it('reads - from standard input, without the line feed', async () => {
    const { stdout } = await run('/', ['explain', '-', '--driver', 'libpq', '--format', 'json'], { stdin: 'host=h sslmode=disable\r\n' });
    expect(verdicts(stdout)[0]?.effective).toBe('disable');
  });

  it('is exit code 0 for garbage, whose text is never shown', async () => {
    for (const garbage of [`${CANARY} is no connection string`, `postgres://app:${CANARY}@[`, `host=h password='${CANARY}`]) {
      for (const format of ['pretty', 'json']) {
        const { code, stdout, stderr } = await run('/', ['explain', garbage, '--format', format]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).not.toContain(CANARY);
        expect(stdout.length).toBeGreaterThan(50);
      }
    }
  });

  it.for<[argv: string[], message: RegExp]>([
    [[], /^Nothing to explain/],
    [['--format', 'json'], /^Nothing to explain/],
    [['a', 'b'], /^explain takes one string: put it in quotes\.$/],
    [['--options', `{"password":"${CANARY}"`], /^--options takes JSON/],
    [['--env', CANARY], /^--env takes NAME=VALUE\.$/],
    [['a', '--driver', 'node-postgress'], /^--driver "node-postgress": there is no driver .* Did you mean node-postgres\?$/],
    [['a', '--driver', 'node-postgres@6'], /^--driver "node-postgres@6": node-postgres has no version "6"; known are /],
    [['a', '--root-certificate', 'maybe'], /^--root-certificate takes present or absent, not "maybe"\.$/],
    [['a', '--format', 'sarif'], /^--format takes pretty or json/],
  ])('%j is wrong usage', async ([argv, message]) => {
    const { code, stdout, stderr } = await run('/', ['explain', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/^sslmode: /, '').trimEnd()).toMatch(message);
    expect(stderr).not.toContain(CANARY);
  });
});
