import type { FileKind } from '../kind.ts';

const NAME = /^(?:gnu|bsd)?makefile(?:\.[\w-]+)?$|^\.?justfile$|\.(?:mk|mak|just)$/;

/** Makefiles, and just's files, which look much like them. */
export const makefile: FileKind = {
  id: 'makefile',
  matches: (name) => NAME.test(name),
  async load() {
    return (await import('./reader.ts')).readMakefile;
  },
};
