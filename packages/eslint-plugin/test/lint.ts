import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import type { Linter } from 'eslint';
import { ESLint as ESLint9 } from 'eslint9';
import { onTestFinished } from 'vitest';
import sslmode from '../src/index.ts';

/** Both ends of the range of ESLint that the plugin is for. */
export const ESLINTS = { 'ESLint 10': ESLint, 'ESLint 9': ESLint9 as unknown as typeof ESLint } as const;
export type EslintName = keyof typeof ESLINTS;

/** A project of its own, with `.git` so that nothing above it counts; it is gone after the test, or when `whenDone` says. */
export function project(files: Readonly<Record<string, string>>, whenDone: (clean: () => void) => void = onTestFinished): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sslmode-eslint-')));
  whenDone(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, '.git'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** One finding as a test reads it: `file:line «the text it stands on» severity rule`. */
export interface Found {
  readonly place: string;
  readonly message: string;
}

/** Lints all files of a folder by a config. */
export async function lint(folder: string, config: readonly Linter.Config[], version: EslintName = 'ESLint 10', patterns: readonly string[] = ['.']): Promise<Found[]> {
  const eslint = new ESLINTS[version]({ cwd: folder, overrideConfigFile: true, overrideConfig: [...config] });
  const results = await eslint.lintFiles([...patterns]);
  return results.flatMap(({ filePath, messages }) => {
    const lines = readFileSync(filePath, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/);
    return messages.map(({ line, column, endColumn = column, severity, ruleId, message }) => {
      const text = lines[line - 1]?.slice(column - 1, endColumn - 1) ?? '';
      return { place: `${filePath.slice(folder.length + 1)}:${line} «${text}» ${severity === 2 ? 'error' : 'warning'} ${ruleId ?? 'fatal'}`, message };
    });
  });
}

/** The places alone. */
export async function places(...args: Parameters<typeof lint>): Promise<string[]> {
  return (await lint(...args)).map(({ place, message }) => (place.endsWith('fatal') ? `${place}: ${message}` : place));
}

export { sslmode };
