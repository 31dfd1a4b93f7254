import type { FileKind } from '../kind.ts';
import { TREE } from '../needles.ts';

/** YAML, also below the end that says by what it is made: `values.yaml.gotmpl`, `app.yml.j2`, `database.yml.erb`. */
const NAME = /\.ya?ml(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|ejs|mustache|hbs|example|sample|dist|local|bak))?$/;

/** What package managers write: megabytes of names like `postgres`, and no setting of anybody's. */
const LOCKFILES = ['pnpm-lock.yaml'];

/** `*.yml`, `*.yaml` and templates of them. */
export const yaml: FileKind = {
  id: 'yaml',
  matches: (name) => NAME.test(name) && !LOCKFILES.includes(name),
  needles: TREE,
  async load() {
    return (await import('./reader.ts')).readYaml;
  },
};
