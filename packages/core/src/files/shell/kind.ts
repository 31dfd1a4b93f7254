import type { FileKind } from '../kind.ts';

const NAME = /\.(?:sh|bash|zsh|ksh|command)(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|example|sample|dist|local|bak))?$|^\.?(?:bash_?profile|bashrc|bash_aliases|zshrc|zprofile|zshenv|profile)$/;

/** Files of variables that init scripts source. */
const SOURCED = /(?:^|\/)etc\/(?:default|sysconfig|conf\.d|profile\.d)\/$/;

/** Shell scripts, and what they source. (`.envrc` is a kind of .env.) */
export const shell: FileKind = {
  id: 'shell',
  matches: (name, folder) => NAME.test(name) || (SOURCED.test(folder) && /^[\w.-]+$/.test(name)),
  async load() {
    return (await import('./reader.ts')).readShell;
  },
};
