import type { FileKind } from '../kind.ts';

const NAME = /\.(?:service|socket|timer|container|pod|kube)(?:\.(?:j2|jinja2?|tpl|tmpl|template|erb|in|example|sample|dist))?$/;

/** Units of systemd and of Podman. (Drop-ins are called `*.conf`: see ini.) */
export const systemd: FileKind = {
  id: 'systemd',
  matches: (name) => NAME.test(name),
  async load() {
    return (await import('./reader.ts')).readSystemd;
  },
};
