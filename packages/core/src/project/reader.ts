/**
 * The little of a file system that a project needs; the caller brings it, for core has none. Paths are absolute with
 * `/` (`C:/…` on Windows). Must not throw.
 */
export interface ProjectReader {
  /** A file's text; `null` where there is none or it cannot be read. */
  readonly read: (path: string) => string | null;
  readonly exists: (path: string) => boolean;
  /** Names in a folder; without it files are looked for by the names that they usually have. */
  readonly list?: (folder: string) => readonly string[];
}
