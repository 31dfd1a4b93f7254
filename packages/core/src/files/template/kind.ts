import type { FileKind } from '../kind.ts';

/** Templates whose name does not say of what: Helm's `_helpers.tpl`, `env.j2`, `start.erb`. What is called `app.yaml.j2` is YAML first. */
const NAME = /\.(?:tpl|tmpl|gotmpl|j2|jinja2?|erb|mustache|hbs|envsubst)$/;

export const template: FileKind = {
  id: 'template',
  matches: (name) => NAME.test(name),
  async load() {
    return (await import('./reader.ts')).readTemplate;
  },
};
