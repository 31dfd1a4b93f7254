import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import type { ProjectReader } from '@sslmode/core/project';

/** Lockfiles can be large, but not like this. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The file system as a project sees it: policies, manifests and lockfiles. Never throws, and never waits for a named pipe. */
export const disk: ProjectReader = {
  read(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true || stats.size > MAX_BYTES) return null;
      const text = readFileSync(path, 'utf8');
      return text.startsWith('\ufeff') ? text.slice(1) : text;
    } catch {
      return null;
    }
  },
  exists: existsSync,
  list(folder) {
    try {
      return readdirSync(folder).sort();
    } catch {
      return [];
    }
  },
};
