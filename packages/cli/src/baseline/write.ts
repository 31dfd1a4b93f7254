import { chmodSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { unwrittenBy } from '../scan/walk.ts';

/**
 * Writes a file in one step, so that nobody sees half of it, and not through a link, which could lead anywhere.
 * `null`, or why not.
 */
export function writeWhole(path: string, content: string | Uint8Array): string | null {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isSymbolicLink() === true) return 'not written: it is a link';
    if (stats !== undefined && !stats.isFile()) return 'not written: it is no regular file';
    // `wx`: never into what somebody laid there.
    writeFileSync(temporary, content, { flag: 'wx' });
    if (stats !== undefined) chmodSync(temporary, stats.mode);
    renameSync(temporary, path);
    return null;
  } catch (error) {
    rmSync(temporary, { force: true });
    return unwrittenBy(error);
  }
}
