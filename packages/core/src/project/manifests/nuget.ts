import { objectOf, parseObject } from './json-object.ts';
import { dependency, isVersion, listLock, type LockKind, type ManifestKind } from './manifest.ts';
import { ofBrackets } from './ranges.ts';
import { valueIn, xmlElements } from './xml-elements.ts';

const CENTRAL = 'Directory.Packages.props';

/** packages.lock.json (https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies): by target framework. */
const lockfile: LockKind = {
  file: 'packages.lock.json',
  read(text) {
    const lock = parseObject(text);
    if (lock === null) return null;
    const packages = Object.values(objectOf(lock.dependencies)).flatMap((framework) => Object.entries(objectOf(framework)));
    return listLock(
      new Map(
        packages.flatMap(([name, entry]) => {
          const { resolved } = objectOf(entry);
          return isVersion(resolved) ? [[name.toLowerCase(), resolved] as const] : [];
        }),
      ),
    );
  },
};

/** Project files of .NET (https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files), with the versions that are managed centrally. */
export const dotnetProject: ManifestKind = {
  ecosystem: 'nuget',
  file: 'Directory.Build.props',
  pattern: /\.(?:cs|fs|vb)proj$/i,
  locks: [lockfile],
  dependencies(text, around) {
    let central: ReadonlyMap<string, string> | undefined;
    const centralVersion = (name: string): string => {
      central ??= versionsIn(around?.above(CENTRAL) ?? '');
      return central.get(name) ?? '';
    };
    return xmlElements(text).flatMap((element) => {
      if (!element.path.endsWith('/PackageReference')) return [];
      const name = valueIn(element, 'Include')?.toLowerCase();
      return name === undefined ? [] : [dependency(name, valueIn(element, 'VersionOverride') ?? valueIn(element, 'Version') ?? centralVersion(name))];
    });
  },
  versionOf: ofBrackets,
};

/** Directory.Packages.props (https://learn.microsoft.com/nuget/consume-packages/central-package-management): what the projects below ask for. */
export const dotnetCentral: ManifestKind = {
  ecosystem: 'nuget',
  file: CENTRAL,
  locks: [],
  dependencies: (text) => [...versionsIn(text)].map(([name, version]) => dependency(name, version)),
  versionOf: ofBrackets,
};

/** packages.config, of older projects (https://learn.microsoft.com/nuget/reference/packages-config). */
export const packagesConfig: ManifestKind = {
  ecosystem: 'nuget',
  file: 'packages.config',
  locks: [],
  dependencies: (text) => xmlElements(text).flatMap(({ path, attributes: { id, version } }) => (path === 'packages/package' && id !== undefined ? [dependency(id.toLowerCase(), version ?? '')] : [])),
  versionOf: ofBrackets,
};

function versionsIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    xmlElements(text).flatMap((element) => {
      const name = /\/(?:PackageVersion|GlobalPackageReference)$/.test(element.path) ? valueIn(element, 'Include') : undefined;
      return name === undefined ? [] : [[name.toLowerCase(), valueIn(element, 'Version') ?? ''] as const];
    }),
  );
}
