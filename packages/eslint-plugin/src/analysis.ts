import { bugOf, checkFile } from '@sslmode/core';
import type { Finding, Reading } from '@sslmode/core';
import { collectCode, mayConnect, mayHoldCode } from '@sslmode/core/code';
import type { Program } from '@sslmode/core/code';
import { kindOf, mayHold } from '@sslmode/core/files';
import { readFileSync } from '@sslmode/core/files/sync';
import type { TSESLint } from '@typescript-eslint/utils';
import { modulesOf } from './modules.ts';
import { surroundingsOf } from './project.ts';

type Context = Readonly<TSESLint.RuleContext<string, []>>;

/** One analysis a file, however many rules are on; ESLint makes a new SourceCode whenever the text is another. */
const analyses = new WeakMap<object, readonly Finding[]>();

/** What core finds in the file that a rule is asked about. */
export function findingsOf(context: Context): readonly Finding[] {
  const { sourceCode } = context;
  let findings = analyses.get(sourceCode);
  if (findings === undefined) {
    findings = analyze(context);
    analyses.set(sourceCode, findings);
  }
  return findings;
}

function analyze(context: Context): readonly Finding[] {
  const read = readerOf(context);
  if (read === null) return [];
  const surroundings = surroundingsOf(context);
  if (surroundings === null) return [];
  const judge = surroundings.context();
  try {
    const reading = read();
    if (reading.sites.length === 0 && reading.bypasses.length === 0) return [];
    return checkFile(context.sourceCode.text, reading, judge).findings;
  } catch (error) {
    // ESLint prints an error's own message, which may quote the file, and that of its cause.
    // eslint-disable-next-line preserve-caught-error
    throw new Error(`this is a bug in eslint-plugin-sslmode, please report it (${bugOf(error)})`);
  }
}

/**
 * What reads the file: as text where core knows its kind by the name, whatever language owns it; else as the syntax tree of
 * code. `null` for most files, after one search: there is nothing in them, whatever their surroundings are.
 */
function readerOf(context: Context): (() => Reading) | null {
  const { filename, sourceCode } = context;
  const { text, ast } = sourceCode;
  const kind = CODE.test(filename) ? null : kindOf(filename);
  if (kind !== null) return mayHold(new TextEncoder().encode(text), kind) ? () => readFileSync(filename, text) : null;
  if (!isProgram(ast)) return null;
  const modules = modulesOf(context);
  return (modules === null ? mayHoldCode(text) : mayConnect(text)) ? () => collectCode(ast, text, undefined, modules) : null;
}

/** What most files are called, which are of no other kind: for them the kinds need not be asked. */
const CODE = /\.[cm]?[jt]sx?$/i;

/** A syntax tree of JavaScript or TypeScript, and not the root of another language that is called the same. */
function isProgram(ast: object): ast is Program {
  return 'type' in ast && ast.type === 'Program' && 'body' in ast && Array.isArray(ast.body);
}
