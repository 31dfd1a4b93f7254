import type { FileKind } from '../kind.ts';

/** Notebooks of Jupyter. */
export const notebook: FileKind = {
  id: 'notebook',
  matches: (name) => name.endsWith('.ipynb'),
  async load() {
    return (await import('./reader.ts')).readNotebook;
  },
};
