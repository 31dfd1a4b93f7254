import { readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { posix, win32, type PlatformPath } from 'node:path';
import type { Io } from '../io.ts';
import { codeOf, reasonOf } from '../scan/walk.ts';

/** What is to be known of a file before it is read. */
export interface FileState {
  readonly kind: 'file' | 'folder' | 'other';
  /** Permission bits; they mean nothing on Windows. */
  readonly mode: number;
  readonly owner: number;
}

/** A file's content, or why there is none. */
export type FileContent = { readonly bytes: Uint8Array } | { readonly missing: true } | { readonly unreadable: string };

/** All that is asked of a machine, so that each operating system's answers can be tested on any other. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home as the system's list of users has it. */
  readonly home: string;
  /** How paths are written there. */
  readonly path: PlatformPath;
  /** What relative paths start from. */
  readonly cwd: string;
  state(path: string): FileState | null;
  read(path: string): FileContent;
  /** Names in a folder; none where it can't be read. */
  list(folder: string): readonly string[];
}

/** A file of certificates or settings is not larger. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The machine that this process runs on. */
export function thisMachine({ env, cwd }: Io): Machine {
  const { platform } = process;
  return {
    platform,
    env,
    home: homeOf(),
    path: platform === 'win32' ? win32 : posix,
    cwd,
    state(path) {
      try {
        const stats = statSync(path, { throwIfNoEntry: false });
        if (stats === undefined) return null;
        return { kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other', mode: stats.mode & 0o7777, owner: stats.uid };
      } catch {
        return null;
      }
    },
    read(path) {
      try {
        const stats = statSync(path);
        // Reading a named pipe would wait for ever.
        if (!stats.isFile()) return { unreadable: stats.isDirectory() ? 'it is a folder' : 'it is no regular file' };
        if (stats.size > MAX_BYTES) return { unreadable: 'it is too large' };
        return { bytes: readFileSync(path) };
      } catch (error) {
        const code = codeOf(error);
        return code === 'ENOENT' || code === 'ENOTDIR' ? { missing: true } : { unreadable: reasonOf(error) };
      }
    },
    list(folder) {
      try {
        return readdirSync(folder).sort();
      } catch {
        return [];
      }
    },
  };
}

/** By the list of users, whatever HOME says: older libpq goes by it. */
function homeOf(): string {
  try {
    return userInfo().homedir;
  } catch {
    // A container may run under a number that has no entry.
    return homedir();
  }
}
