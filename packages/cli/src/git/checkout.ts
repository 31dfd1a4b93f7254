import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWithin } from '../scan/walk.ts';

/** Where a checkout lies. */
export interface Checkout {
  readonly top: string;
  readonly gitFolder: string;
}

/**
 * The checkout that a folder lies in, without asking git, which takes longer than all else (docs/performance.md). `null`
 * where only git can tell: none, a work tree or submodule, a folder inside of `.git` or of a bare repository, one that
 * another user owns, links on the way, a configuration that may put the files elsewhere.
 */
export function checkoutAround(folder: string): Checkout | null {
  try {
    if (realpathSync(folder) !== folder) return null;
    for (let top = folder; !existsSync(join(top, 'HEAD')); top = dirname(top)) {
      const gitFolder = join(top, '.git');
      const found = lstatSync(gitFolder, { throwIfNoEntry: false });
      if (found !== undefined) {
        const isOwn = [found, lstatSync(top)].every(({ uid }) => uid === process.getuid?.());
        return found.isDirectory() && isOwn && !isWithin(folder, gitFolder) && isPlain(gitFolder) ? { top, gitFolder } : null;
      }
      if (dirname(top) === top) break;
    }
  } catch {
    // Git says what is wrong.
  }
  return null;
}

function isPlain(gitFolder: string): boolean {
  return existsSync(join(gitFolder, 'HEAD')) && !/worktree|\binclude|\bbare\b(?!\s*=\s*false)/i.test(readFileSync(join(gitFolder, 'config'), 'utf8'));
}
