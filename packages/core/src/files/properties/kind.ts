import type { FileKind } from '../kind.ts';
import { TREE } from '../needles.ts';

const NAME = /\.properties(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|ftl|example|sample|dist|local|bak))?$/;

/** `*.properties` and templates of them. */
export const properties: FileKind = {
  id: 'properties',
  matches: (name) => NAME.test(name),
  needles: TREE,
  async load() {
    return (await import('./reader.ts')).readProperties;
  },
};
