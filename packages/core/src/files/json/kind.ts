import type { FileKind } from '../kind.ts';
import { TREE } from '../needles.ts';

/** JSON and its relatives, also below the end that says by what it is made. */
const NAME = /\.(?:json|json5|jsonc|ejson|code-workspace)(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|ejs|mustache|hbs|example|sample|dist|local|bak))?$/;

/** What package managers and compilers write: megabytes of names, and no setting of anybody's. */
const GENERATED = /^(?:package-lock|npm-shrinkwrap|packages\.lock|project\.assets|deno\.lock|composer\.lock|tsconfig\.tsbuildinfo|.*\.deps|.*\.min)\.json$/;

export const json: FileKind = {
  id: 'json',
  matches: (name) => NAME.test(name) && !GENERATED.test(name),
  needles: TREE,
  async load() {
    return (await import('./reader.ts')).readJson;
  },
};
