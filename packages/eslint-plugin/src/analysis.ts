import { checkFile } from '@sslmode/core';
import type { Finding, Reading } from '@sslmode/core';
import { collectCode } from '@sslmode/core/code';
import type { Program } from '@sslmode/core/code';
import { kindOf, mayHold } from '@sslmode/core/files';
import { readFileSync } from '@sslmode/core/files/sync';
import type { TSESLint } from '@typescript-eslint/utils';
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
  const surroundings = surroundingsOf(context);
  if (surroundings === null) return [];
  const reading = readingOf(context);
  // Nothing to judge: most files.
  if (reading.sites.length === 0 && reading.bypasses.length === 0) return [];
  return checkFile(context.sourceCode.text, reading, surroundings.context()).findings;
}

/** Reads the file: the kinds that core reads as text by their name, whatever language owns them; else the syntax tree of code. */
function readingOf({ filename, sourceCode }: Context): Reading {
  const { text } = sourceCode;
  const name = nameAsText(filename);
  if (name !== null) return mayHold(new TextEncoder().encode(text)) ? readFileSync(name, text) : NOTHING;
  return isProgram(sourceCode.ast) ? collectCode(sourceCode.ast, text) : NOTHING;
}

const NOTHING: Reading = { sites: [], comments: [], bypasses: [], problems: [], localNames: [] };

/** The name under which core reads a file as text. JSON is YAML: the reader is the same. */
function nameAsText(filename: string): string | null {
  if (kindOf(filename) !== null) return filename;
  return /\.(?:json|jsonc|json5|geojson|webmanifest)$/i.test(filename) ? `${filename}.yaml` : null;
}

/** A syntax tree of JavaScript or TypeScript, and not the root of another language that is called the same. */
function isProgram(ast: object): ast is Program {
  return 'type' in ast && ast.type === 'Program' && 'body' in ast && Array.isArray(ast.body);
}
