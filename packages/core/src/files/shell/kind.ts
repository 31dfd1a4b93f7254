import type { FileKind } from '../kind.ts';

const NAME = /\.(?:sh|bash|zsh|ksh|command)(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|example|sample|dist|local|bak))?$|^\.?(?:bash_?profile|bashrc|bash_aliases|zshrc|zprofile|zshenv|profile)$/;

/** Shell scripts. (`.envrc` is a kind of .env.) */
export const shell: FileKind = {
  id: 'shell',
  matches: (name) => NAME.test(name),
  async load() {
    return (await import('./reader.ts')).readShell;
  },
};
