import type { FileKind } from '../kind.ts';

const NAME = /^(?:dockerfile|containerfile)(?:[.-][\w.-]+)?$|\.(?:dockerfile|containerfile)(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|example|sample|dist))?$/;

/** `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, `Containerfile`. */
export const dockerfile: FileKind = {
  id: 'dockerfile',
  matches: (name) => NAME.test(name) && !name.endsWith('.dockerignore'),
  async load() {
    return (await import('./reader.ts')).readDockerfile;
  },
};
