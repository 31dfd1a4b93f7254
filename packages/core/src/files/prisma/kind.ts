import type { FileKind } from '../kind.ts';

/** Prisma's schemas. */
export const prisma: FileKind = {
  id: 'prisma',
  matches: (name) => name.endsWith('.prisma'),
  async load() {
    return (await import('./reader.ts')).readPrisma;
  },
};
