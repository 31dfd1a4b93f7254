import type { FileKind } from '../kind.ts';
import { TREE } from '../needles.ts';

/** `*.toml` and templates of them. (Lockfiles in TOML have other names: Cargo.lock, poetry.lock, uv.lock.) */
const NAME = /\.toml(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|example|sample|dist|local|bak))?$/;

export const toml: FileKind = {
  id: 'toml',
  matches: (name) => NAME.test(name),
  needles: TREE,
  async load() {
    return (await import('./reader.ts')).readToml;
  },
};
