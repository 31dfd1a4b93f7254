import { describe, expect, it } from 'vitest';
import { RULES } from '@sslmode/core';
import { run } from '../support.ts';

describe('rules', () => {
  it('lists all rules', async () => {
    const { code, stdout } = await run('/', ['rules']);
    expect(code).toBe(0);
    for (const { id, title, severity } of RULES) expect(stdout).toMatch(new RegExp(`^${id} +${severity} +${title}$`, 'm'));
  });

  it.for(RULES.map(({ id }) => id))('prints the page of %s', async (id) => {
    for (const word of [id, `sslmode/${id}`]) {
      const { code, stdout } = await run('/', ['rules', word]);
      expect(code).toBe(0);
      expect(stdout).toContain(id);
    }
  });

  it.for<[argv: string[], message: string]>([
    [['no-plain'], 'There is no rule "no-plain". Did you mean no-plaintext?'],
    [['zzz'], 'There is no rule "zzz". sslmode rules lists them.'],
    [['no-plaintext', 'prefer-verified'], 'rules takes one rule at most.'],
  ])('%j: %s', async ([argv, message]) => {
    expect(await run('/', ['rules', ...argv])).toEqual({ code: 2, stdout: '', stderr: `sslmode: ${message}\n` });
  });
});
