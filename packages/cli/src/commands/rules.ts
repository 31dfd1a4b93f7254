import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, didYouMean, helpUrl, type Rule } from '@sslmode/core';
import { UsageError, type Io } from '../io.ts';
import { quoted, type Arguments } from '../options.ts';
import { paintFor, table, type Paint } from '../terminal.ts';
import { packageFolder } from '../version.ts';

/** `sslmode rules [RULE]` */
export function rules(args: Arguments, io: Io): Promise<number> {
  const paint = paintFor(io, io.stdout, args.get('color'));
  const [word, ...more] = args.positionals;
  if (more.length > 0) throw new UsageError('rules takes one rule at most.');
  if (word === undefined) {
    const rows = RULES.map(({ id, severity, title }) => [paint.bold(id), severity === 'error' ? paint.red(severity) : paint.yellow(severity), title]);
    io.stdout.write(`${table(rows)}\nMore about one: sslmode rules RULE\n`);
    return Promise.resolve(0);
  }
  // As ESLint and ignore comments have it, too.
  const id = word.replace(/^sslmode\//, '');
  const rule = RULES.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    const ids = RULES.map((candidate) => candidate.id);
    throw new UsageError(`There is no rule ${quoted(word)}.${didYouMean(id, ids) || ' sslmode rules lists them.'}`);
  }
  io.stdout.write(inTerminal(page(rule), paint));
  return Promise.resolve(0);
}

/** The rule's page, which the build puts beside the CLI; run from its sources the CLI finds it in the repository. */
function page(rule: Rule): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../docs/rules' : 'dist/rules';
  try {
    return readFileSync(join(packageFolder(), folder, `${rule.id}.md`), 'utf8');
  } catch {
    // Better little than nothing.
  }
  return `# ${rule.id}\n\n${rule.title}. By default ${rule.severity === 'error' ? 'an error' : 'a warning'}.\n\n${helpUrl(rule.id)}\n`;
}

/** Markdown reads well as it is; headings are set off, and comments left out. */
function inTerminal(markdown: string, paint: Paint): string {
  let inCode = false;
  const lines = markdown
    .replaceAll('\r\n', '\n')
    .split('\n')
    .filter((line) => !/^<!--.*-->$/.test(line))
    .map((line) => {
      if (line.startsWith('```')) {
        inCode = !inCode;
        return paint.dim(line);
      }
      if (inCode) return line;
      return /^#{1,6} /.test(line) ? paint.bold(line) : line;
    });
  return `${lines.join('\n').trimEnd()}\n`;
}
