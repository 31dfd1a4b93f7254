import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const root = dirname(import.meta.dirname);

/** A piece of code in a page. */
export interface Sample {
  /** Where it stands, for a test's name: `docs/rules/no-plaintext.md:19` */
  readonly place: string;
  readonly language: string;
  /** What follows the language: `bad`, `policy=strict` … */
  readonly info: readonly string[];
  readonly text: string;
}

/** A page, by its path from the root of the repository. */
export function page(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** All pages that users read. */
export function pages(): string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const packages = ['core', 'cli', 'eslint-plugin'].map((name) => `packages/${name}/README.md`);
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/README.md', ...packages, ...docs.map((name) => relative(root, join(root, 'docs', name)).replaceAll('\\', '/'))];
}

/** The fenced code of a page. */
export function samples(path: string): Sample[] {
  const found: Sample[] = [];
  let open: { place: string; language: string; info: readonly string[]; lines: string[] } | undefined;
  for (const [index, line] of page(path).split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (fence === null) {
      open?.lines.push(line);
    } else if (open === undefined) {
      const [language = '', ...info] = (fence[1] ?? '').split(' ');
      open = { place: `${path}:${index + 1}`, language, info, lines: [] };
    } else {
      const { lines, ...rest } = open;
      found.push({ ...rest, text: `${lines.join('\n')}\n` });
      open = undefined;
    }
  }
  return found;
}

/** A page without its code: what is prose. */
export function prose(path: string): string {
  return page(path).replace(/^[ ]*```[^]*?^[ ]*```$/gm, '');
}

/** The anchors that GitHub makes of a page's headings. */
export function anchors(path: string): Set<string> {
  const headings = prose(path).matchAll(/^#{1,6} +(.*)$/gm);
  return new Set([...headings].map(([, title = '']) => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')));
}
