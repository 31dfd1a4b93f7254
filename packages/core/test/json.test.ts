import { describe, expect, it } from 'vitest';
import { parseJson } from '../src/json.ts';

describe('parseJson', () => {
  it.for(['{}', '[]', 'null', ' {"a": [1, -2.5e3, "x\\"\\u00e9\\\\", true, false, null], "b": {"c": {}}} ', '"\\n"', '0', '{"a":1,"a":2}'])('reads %s as JSON.parse does', (text) => {
    const parsed = parseJson(text);
    expect(parsed.ok && parsed.value).toEqual(JSON.parse(text));
  });

  it.for<[text: string, line: number]>([
    ['', 1],
    ['{', 1],
    ['{\n"a": 1,\n}', 3],
    ['{\n"a" 1}', 2],
    ['[1 2]', 1],
    ['{a: 1}', 1],
    ['"a\nb"', 1],
    ['"\\x"', 1],
    ['01', 1],
    ['1.', 1],
    ['nul', 1],
    ['{}\n{}', 2],
    ['// x\n{}', 1],
    ['{"secret-hunter2" "x"}', 1],
  ])('refuses %j in line %i, without quoting it', ([text, line]) => {
    const parsed = parseJson(text);
    expect(parsed).toMatchObject({ ok: false, line });
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });

  it('takes comments and closing commas where it is told to', () => {
    const parsed = parseJson('// a\n{ "a": [1, 2,], /* b */ "b": {"c": 1,}, }\n// end', { relaxed: true });
    expect(parsed.ok && parsed.value).toEqual({ a: [1, 2], b: { c: 1 } });
    expect(parseJson('{,}', { relaxed: true }).ok).toBe(false);
    expect(parseJson('[1,,2]', { relaxed: true }).ok).toBe(false);
  });

  it('knows the line of every key and item', () => {
    const parsed = parseJson('\uFEFF{\n "a": {\n  "b":\n [1,\n 2]\n }\n}');
    if (!parsed.ok) throw new Error(parsed.message);
    const lines = [[], ['a'], ['a', 'b'], ['a', 'b', 1], ['a', 'b', 7], ['x', 'b']].map((path) => parsed.lineOf(path));
    expect(lines).toEqual([1, 2, 3, 5, 3, 1]);
  });

  it('makes __proto__ a property like any other', () => {
    const parsed = parseJson('{"__proto__": {"polluted": true}}');
    expect(parsed.ok && Object.keys(parsed.value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.for(['[', '{"a":', '"', '\\', '1', '/', ' '])('survives very many %s', (part) => {
    const start = performance.now();
    expect(parseJson(part.repeat(300_000), { relaxed: true }).ok).toBe(part === '1');
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
