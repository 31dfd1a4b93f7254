import type { Reading } from '@sslmode/core';
import { collectCode, disabledBy, mayHoldCode } from '@sslmode/core/code';
import { NOTHING } from '@sslmode/core/files';
import { parseSync } from 'oxc-parser';

/** What oxc is told: by the ending, except that JavaScript may hold JSX anywhere, as Babel and bundlers take it. */
function languageOf(path: string): 'js' | 'jsx' | 'ts' | 'tsx' {
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  return path.endsWith('.tsx') ? 'tsx' : 'jsx';
}

/**
 * Reads JavaScript and TypeScript: the analysis of the ESLint plugin, over a tree of oxc's parser. Never throws; what
 * does not parse is a problem in the reading.
 */
export function readJavaScript(path: string, text: string): Reading {
  if (!mayHoldCode(text)) return NOTHING;
  // Offsets of oxc are UTF-16 units, and its trees are ESTree (TS-ESTree for TypeScript): node_modules/oxc-parser/README.md.
  const { program, comments, errors } = parseSync(path, text, { lang: languageOf(path), sourceType: 'unambiguous' });
  const [error] = errors;
  if (program.body.length === 0 && error !== undefined) {
    // Its message may quote the source: not passed on.
    const line = lineAt(text, error.labels[0]?.start ?? 0);
    return { ...NOTHING, problems: [{ line, message: `not read: not valid ${/\.[cm]?tsx?$/.test(path) ? 'TypeScript' : 'JavaScript'}` }] };
  }
  return { ...collectCode(program, text, comments), disabled: disabledBy(comments, text) };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
