import type { FileKind } from '../kind.ts';

/** Procfiles, of Heroku and of foreman. */
export const procfile: FileKind = {
  id: 'procfile',
  matches: (name) => /^procfile(?:\.[\w-]+)?$/.test(name),
  async load() {
    return (await import('./reader.ts')).readProcfile;
  },
};
