/**
 * Paths as text, without a file system: `/` between names; an absolute path begins with `/` or, on Windows, with a
 * drive (`C:/`) or a server (`//server/share`).
 */

/** The usual spelling: `\` as `/` in Windows paths (elsewhere it may be part of a name), no `.`, `..`, doubled or closing slashes. */
export function normalizePath(path: string): string {
  const windows = /^(?:[A-Za-z]:|\\\\)/.test(path);
  const slashes = windows ? path.replaceAll('\\', '/') : path;
  const root = rootOf(slashes);
  const names: string[] = [];
  for (const name of slashes.slice(root.length).split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '..' || root === '') names.push(name);
  }
  // Windows drives have no case.
  return root.toUpperCase() + names.join('/') || '.';
}

function rootOf(path: string): string {
  const drive = /^[A-Za-z]:\/?/.exec(path)?.[0];
  if (drive !== undefined) return `${drive.slice(0, 2)}/`;
  return path.startsWith('//') && path[2] !== '/' ? '//' : path.startsWith('/') ? '/' : '';
}

/** The folder that holds a normal path; a root holds itself. */
export function dirname(path: string): string {
  const root = rootOf(path);
  const slash = path.lastIndexOf('/');
  return slash < root.length ? root || '.' : path.slice(0, slash);
}

/** A path seen from a folder; an absolute one stays. */
export function resolvePath(folder: string, path: string): string {
  return rootOf(path) !== '' || /^(?:[A-Za-z]:|\\\\)/.test(path) ? normalizePath(path) : normalizePath(`${folder}/${path}`);
}

/** Way from a folder to a path, both normal, with `../` where needed; the path itself where they have no root in common. */
export function relativePath(folder: string, path: string): string {
  if (rootOf(folder) !== rootOf(path)) return path;
  const from = namesOf(folder);
  const to = namesOf(path);
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** Whether a normal path is a folder or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** A folder and all above it, up to and with `top`; only the folder where `top` is not above it. */
export function foldersUpward(folder: string, top: string): readonly string[] {
  const folders = [folder];
  if (!isWithin(top, folder)) return folders;
  for (let at = folder; at !== top; folders.push(at)) at = dirname(at);
  return folders;
}

/** A name in a folder. */
export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

function namesOf(path: string): readonly string[] {
  return path.slice(rootOf(path).length).split('/').filter((name) => name !== '' && name !== '.');
}
