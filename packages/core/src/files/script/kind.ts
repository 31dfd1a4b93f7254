import type { FileKind } from '../kind.ts';

/** Where people keep programs whose names say nothing of their language. */
const FOLDER = /(?:^|\/)(?:s?bin|exe|scripts?|tools?|hack|ci|\.ci|\.husky|hooks|\.githooks|docker|cmd|rootfs|cron(?:tabs|\.(?:d|hourly|daily|weekly|monthly))?|init\.d|services\.d|s6-rc\.d|cont-init\.d)\/(?:[\w.-]+\/)?$/;
/** What they are called elsewhere. */
const NAME = /^(?:(?:docker-)?entry-?point|start|run|serve|server|deploy|release|migrate|setup|bootstrap|build|test|console|manage|backup|restore|seed|wait-for[\w-]*)$/;

/** Programs without an extension: what they are written in stands in their first line. */
export const script: FileKind = {
  id: 'script',
  matches: (name, folder) => /^[\w-]+$/.test(name) && (NAME.test(name) || FOLDER.test(folder)),
  async load() {
    return (await import('./reader.ts')).readScript;
  },
};
