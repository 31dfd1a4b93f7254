import { dependency, type Around, type Dependency, type ManifestKind } from './manifest.ts';
import { ofBrackets } from './ranges.ts';
import { valueIn, xmlElements, type Element } from './xml-elements.ts';

/** How many parents are asked for a version. */
const MAX_PARENTS = 5;

/** pom.xml (https://maven.apache.org/pom.html): its own dependencies; versions also from its properties, its dependencyManagement and its parents' in the tree. */
export const pom: ManifestKind = {
  ecosystem: 'maven',
  file: 'pom.xml',
  locks: [],
  dependencies(text, around) {
    const own = xmlElements(text);
    if (own[0]?.path !== 'project') return null;
    let models: readonly (readonly Element[])[] | undefined;
    return own
      .filter(({ path }) => isDependency(path) && !path.includes('/dependencyManagement/') && !path.includes('/plugin/'))
      .map((element): Dependency => {
        const name = nameOf(element);
        let version = valueIn(element, 'version');
        if (version === undefined || version.includes('${')) {
          models ??= [own, ...parentsOf(own, around)];
          version = resolve(version ?? managedVersion(models, name) ?? '', models);
        }
        return dependency(name, version);
      });
  },
  versionOf: ofBrackets,
};

function isDependency(path: string): boolean {
  return path.endsWith('/dependencies/dependency');
}

function nameOf(element: Element): string {
  return `${valueIn(element, 'groupId') ?? ''}:${valueIn(element, 'artifactId') ?? ''}`;
}

function parentsOf(own: readonly Element[], around: Around | undefined): readonly (readonly Element[])[] {
  const models: (readonly Element[])[] = [];
  let folder = '';
  for (let model = own; models.length < MAX_PARENTS; ) {
    const parent = model.find(({ path }) => path === 'project/parent');
    const relative = parent === undefined ? '' : (valueIn(parent, 'relativePath') ?? '../pom.xml');
    if (relative === '') break;
    const file = folder + (relative.endsWith('.xml') ? relative : `${relative}/pom.xml`);
    const text = around?.read(file) ?? null;
    if (text === null) break;
    model = xmlElements(text);
    models.push(model);
    folder = file.slice(0, file.lastIndexOf('/') + 1);
  }
  return models;
}

function managedVersion(models: readonly (readonly Element[])[], name: string): string | undefined {
  for (const model of models) {
    const managed = model.find((element) => isDependency(element.path) && element.path.includes('/dependencyManagement/') && nameOf(element) === name);
    const version = managed === undefined ? undefined : valueIn(managed, 'version');
    if (version !== undefined) return version;
  }
  return undefined;
}

/** `${postgresql.version}` */
function resolve(version: string, models: readonly (readonly Element[])[]): string {
  return version.replaceAll(/\$\{([\w.-]+)\}/g, (reference, name: string) => {
    for (const model of models) {
      const property = model.find(({ path }) => path.endsWith(`/properties/${name}`));
      if (property !== undefined) return property.text.trim();
    }
    return reference;
  });
}
