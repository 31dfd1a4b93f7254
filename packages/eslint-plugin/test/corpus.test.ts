import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sslmode from '../src/index.ts';

/*
 * test/corpus/<library>/{weak,sound}/<case>: code as people write it. Its first comment says what it proves, `// with:` the
 * packages that are installed, `// policy:` the preset that the policy extends, `// reports: RULE` on a line what has to be reported there, `// misses: RULE` what should be
 * and is not yet. A sound file has no report at all.
 */

const CORPUS = join(import.meta.dirname, '../../../test/corpus');
const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[jt]s$/.test(name)).sort();

interface Expected {
  readonly reports: ReadonlySet<string>;
  readonly misses: ReadonlySet<string>;
}

/** `line rule` of each mark. */
function expectedOf(text: string): Expected {
  const marked = (word: string): ReadonlySet<string> =>
    new Set(text.split('\n').flatMap((line, at) => (line.split(`// ${word}: `)[1] ?? '').split(/[ ,]+/).filter((rule) => /^[a-z-]+$/.test(rule)).map((rule) => `${at + 1} ${rule}`)));
  return { reports: marked('reports'), misses: marked('misses') };
}

/** The packages of `// with: name@version`, as a lockfile has them. */
function lockfile(text: string): { manifest: string; lock: string } | undefined {
  const named = /^\/\/ with: (.+)$/m.exec(text)?.[1]?.split(' ').map((word) => [word.slice(0, word.lastIndexOf('@')), word.slice(word.lastIndexOf('@') + 1)] as const);
  if (named === undefined) return undefined;
  const dependencies = Object.fromEntries(named);
  const packages = { '': { dependencies }, ...Object.fromEntries(named.map(([name, version]) => [`node_modules/${name}`, { version }])) };
  return { manifest: JSON.stringify({ dependencies }), lock: JSON.stringify({ lockfileVersion: 3, packages }) };
}

const text = new Map(files.map((name) => [name, readFileSync(join(CORPUS, name), 'utf8')]));
const found = new Map<string, readonly string[]>();
const messages = new Map<string, readonly string[]>();
/** What a file reports after each of its suggestions, as `rule: before -> after`. */
const cured = new Map<string, readonly string[]>();
let folder = '';

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sslmode-cases-')));
  mkdirSync(join(folder, '.git'));
  const places = new Map<string, string>();
  for (const [name, source] of text) {
    // Each is a project of its own.
    const place = join(folder, name.replace(/\.[jt]s$/, ''), basename(name));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, source);
    const installed = lockfile(source);
    if (installed !== undefined) {
      writeFileSync(join(dirname(place), 'package.json'), installed.manifest);
      writeFileSync(join(dirname(place), 'package-lock.json'), installed.lock);
    }
    const preset = /^\/\/ policy: (.+)$/m.exec(source)?.[1];
    if (preset !== undefined) writeFileSync(join(dirname(place), 'sslmode.config.json'), JSON.stringify({ extends: preset }));
    places.set(place, name);
  }
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [...sslmode.configs.recommended, { files: ['**/*.{js,ts}'], languageOptions: { parser } }],
  });
  for (const result of await eslint.lintFiles(['.'])) {
    const name = places.get(result.filePath) ?? result.filePath;
    found.set(name, result.messages.map(({ line, ruleId, message }) => (ruleId === null ? message : `${line} ${ruleId.replace('sslmode/', '')}`)));
    messages.set(name, result.messages.map(({ message }) => message));
    const source = text.get(name) ?? '';
    const countOf = (all: readonly { readonly ruleId: string | null }[], rule: string | null): number => all.filter(({ ruleId }) => ruleId === rule).length;
    const outcomes: string[] = [];
    for (const { ruleId, suggestions = [], line } of result.messages) {
      for (const { fix, desc } of suggestions) {
        const [after] = await eslint.lintText(source.slice(0, fix.range[0]) + fix.text + source.slice(fix.range[1]), { filePath: result.filePath });
        const left = after?.fatalErrorCount === 0 ? countOf(after.messages, ruleId) : Infinity;
        if (left >= countOf(result.messages, ruleId)) outcomes.push(`${line}: "${desc}" leaves ${ruleId ?? ''}`);
      }
    }
    cured.set(name, outcomes);
  }
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the corpus', () => {
  it.for(files)('%s', (name) => {
    const source = text.get(name) ?? '';
    const { reports } = expectedOf(source);
    expect([...new Set(found.get(name))].sort(), (messages.get(name) ?? []).join('\n')).toEqual([...reports].sort());
    expect(reports.size > 0, 'weak files report, sound ones do not').toBe(name.includes('/weak/'));
    expect(source.split('\n').find((line) => !/^\/\/ (?:with|policy): /.test(line)), 'what it proves').toMatch(/^\/\/ \S.{10,}\.$/);
  });

  it.for(files.filter((name) => name.includes('/weak/')))('%s is cured by each of its suggestions', (name) => {
    expect(cured.get(name)).toEqual([]);
  });

  it('has a precision and a recall for each rule', () => {
    const counts = new Map<string, { hit: number; false: number; missed: number }>();
    const of = (rule: string): { hit: number; false: number; missed: number } => {
      const known = counts.get(rule) ?? { hit: 0, false: 0, missed: 0 };
      counts.set(rule, known);
      return known;
    };
    for (const name of files) {
      const { reports, misses } = expectedOf(text.get(name) ?? '');
      const reported = new Set(found.get(name));
      for (const mark of reported) of(mark.split(' ')[1] ?? '')[reports.has(mark) ? 'hit' : 'false']++;
      for (const mark of [...reports, ...misses]) if (!reported.has(mark)) of(mark.split(' ')[1] ?? '').missed++;
    }
    const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`);
    const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, { hit, false: wrong, missed }]) => `${rule.padEnd(30)} precision ${percent(hit, hit + wrong).padStart(5)}   recall ${percent(hit, hit + missed).padStart(5)}   of ${hit + missed}`);
    console.log([`${files.length} files, ${files.filter((name) => name.includes('/sound/')).length} of them sound`, ...rows].join('\n'));
    expect(counts.size).toBeGreaterThan(5);
  });
});
