import { objectOf, parseObject } from './json-object.ts';
import { dependency, listLock, type Dependency, type LockKind, type ManifestKind } from './manifest.ts';
import { canonicalName } from './names.ts';
import { ofPython } from './ranges.ts';
import { lockedPackages, objectAt, parseTomlObject, stringsOf } from './toml-data.ts';

/** poetry.lock and pdm.lock: one project a file. */
const listOfPackages = (file: string): LockKind => ({
  file,
  read: (text) => listLock(new Map(lockedPackages(text).map(({ name, version }) => [canonicalName('pypi', name), version]))),
});

/** uv.lock (https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile): one a workspace, whose members it lists with their folders. */
const uvLock: LockKind = {
  file: 'uv.lock',
  read(text) {
    const packages = lockedPackages(text);
    const folders = new Set(packages.flatMap(({ source }) => /^\{ (?:editable|virtual|directory) = "([^"]*)" \}$/.exec(source)?.[1] ?? []));
    return listLock(new Map(packages.map(({ name, version }) => [canonicalName('pypi', name), version])), (importer) => folders.has(importer === '' ? '.' : importer));
  },
};

const pipfileLock: LockKind = {
  file: 'Pipfile.lock',
  read(text) {
    const lock = parseObject(text);
    if (lock === null) return null;
    const versions = [lock.develop, lock.default].flatMap((section) =>
      Object.entries(objectOf(section)).flatMap(([name, entry]) => {
        const { version } = objectOf(entry);
        return typeof version === 'string' ? [[canonicalName('pypi', name), version.replace(/^==/, '')] as const] : [];
      }),
    );
    return listLock(new Map(versions));
  },
};

/** A dependency as PEP 508 has it: `psycopg[binary]>=3.1; python_version > "3.8"`. */
const REQUIREMENT = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(([^)]*)\)|([^;@#]*))/;

function requirement(text: string): readonly Dependency[] {
  const match = REQUIREMENT.exec(text);
  if (match?.[1] === undefined) return [];
  // What the command line adds: `--hash=…`.
  const [range = ''] = (match[2] ?? match[3] ?? '').split(/\s--/);
  return [dependency(canonicalName('pypi', match[1]), range.replace(/\\\s*$/, '').trim())];
}

/**
 * requirements.txt and what else is called so (https://pip.pypa.io/en/stable/reference/requirements-file-format/). Those
 * that pip-compile and uv write say of each package who asked for it: what others brought is left out.
 */
export const requirements: ManifestKind = {
  ecosystem: 'pypi',
  file: 'requirements.txt',
  pattern: /^(?:[\w.-]*[-_.])?(?:requirements|reqs|constraints)(?:[-_.][\w.-]*)?\.(?:txt|in|pip)$/i,
  locks: [],
  dependencies(text) {
    const found: Dependency[] = [];
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^\s*(?:#|-|$)/.test(line) || isBrought(lines, index)) continue;
      found.push(...requirement(line));
    }
    return found;
  },
  versionOf: ofPython,
};

/** Those in a folder of their own: requirements/base.txt. */
export const requirementsFolder: ManifestKind = { ...requirements, file: 'requirements/base.txt', pattern: /^requirements\/[\w.-]+\.(?:txt|in)$/i };

/** Whether the comments at a requirement and below it name packages, and none that is a file of this project. */
function isBrought(lines: readonly string[], index: number): boolean {
  const via: string[] = [];
  const [, beside] = /#\s*via\s*(.*)$/.exec(lines[index] ?? '') ?? [];
  if (beside !== undefined) via.push(beside);
  let within = beside !== undefined;
  for (let at = index + 1; at < Math.min(lines.length, index + 100); at++) {
    const line = lines[at] ?? '';
    if (/^\s+--hash=/.test(line)) continue;
    const comment = /^\s+#\s*(via\b)?\s*(.*)$/.exec(line);
    if (comment === null || (comment[1] === undefined && !within)) break;
    within = true;
    via.push(comment[2] ?? '');
  }
  const named = via.filter((name) => name.trim() !== '');
  return named.length > 0 && !named.some((name) => /(?:^|,\s*)-[rc]\b|\([\w./-]+\)\s*$/.test(name));
}

/** pyproject.toml: PEP 621 and 735, Poetry, PDM, uv, Hatch. */
export const pyproject: ManifestKind = {
  ecosystem: 'pypi',
  file: 'pyproject.toml',
  locks: [listOfPackages('poetry.lock'), uvLock, listOfPackages('pdm.lock')],
  dependencies(text) {
    const manifest = parseTomlObject(text);
    if (manifest === null) return null;
    const project = objectAt(manifest, 'project');
    const tool = objectAt(manifest, 'tool');
    const poetry = objectAt(tool, 'poetry');
    const lists = [
      project.dependencies,
      ...Object.values(objectAt(project, 'optional-dependencies')),
      ...Object.values(objectAt(manifest, 'dependency-groups')),
      ...Object.values(objectAt(tool, 'pdm', 'dev-dependencies')),
      objectAt(tool, 'uv')['dev-dependencies'],
      ...Object.values(objectAt(tool, 'hatch', 'envs')).map((environment) => objectOf(environment).dependencies),
    ];
    const tables = [objectAt(poetry, 'dependencies'), objectAt(poetry, 'dev-dependencies'), ...Object.values(objectAt(poetry, 'group')).map((group) => objectAt(objectOf(group), 'dependencies'))];
    return [...lists.flatMap((list) => stringsOf(list).flatMap(requirement)), ...tables.flatMap(tableDependencies)];
  },
  versionOf: ofPython,
};

/** setup.cfg of setuptools (https://setuptools.pypa.io/en/latest/userguide/declarative_config.html): `install_requires` and the extras, a line each. */
export const setupCfg: ManifestKind = {
  ecosystem: 'pypi',
  file: 'setup.cfg',
  locks: [],
  dependencies(text) {
    const found: Dependency[] = [];
    let section = '';
    let lists = false;
    for (const line of text.split(/\r?\n/)) {
      const [, header] = /^\[([^\]]*)\]/.exec(line) ?? [];
      const [, key, value = ''] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
      if (header !== undefined) section = header;
      if (header !== undefined || key !== undefined) lists = section === 'options.extras_require' || (section === 'options' && /^(?:install|setup|tests)_requires?$/.test(key ?? ''));
      const item = key === undefined ? line : value;
      if (lists && header === undefined && item.trim() !== '' && !/^\s*#/.test(item)) found.push(...item.split(';', 1).flatMap(requirement));
    }
    return found;
  },
  versionOf: ofPython,
};

/** setup.py: a program, so only lists that are written out are read. */
export const setupPy: ManifestKind = {
  ecosystem: 'pypi',
  file: 'setup.py',
  locks: [],
  dependencies(text) {
    const lists = [...text.replaceAll(/#.*/g, '').matchAll(/\b(?:\w{0,40}requires?|requirements|deps|dependencies|extras)\s{0,20}=\s{0,20}(?:\[([^[\]]*)\]|\{([^{}]*)\})/gi)];
    return lists.flatMap(([, list = '', map = '']) => [...`${list}${map}`.matchAll(/["']([^"'\n]{1,200})["'](\s{0,20}:)?/g)].flatMap(([, item = '', isKey]) => (isKey === undefined ? requirement(item) : [])));
  },
  versionOf: ofPython,
};

/** Pipfile (https://pipenv.pypa.io/en/latest/pipfile.html). */
export const pipfile: ManifestKind = {
  ecosystem: 'pypi',
  file: 'Pipfile',
  locks: [pipfileLock],
  dependencies(text) {
    const manifest = parseTomlObject(text);
    return manifest === null ? null : [objectAt(manifest, 'packages'), objectAt(manifest, 'dev-packages')].flatMap(tableDependencies);
  },
  versionOf: ofPython,
};

/** `name = "^1"`, `name = { version = "^1" }`, or a list of those. */
function tableDependencies(table: Readonly<Record<string, unknown>>): readonly Dependency[] {
  return Object.entries(table).map(([name, value]) => {
    const entry: unknown = Array.isArray(value) ? value[0] : value;
    const range = typeof entry === 'string' ? entry : objectOf(entry).version;
    return dependency(canonicalName('pypi', name), typeof range === 'string' ? range : '');
  });
}
