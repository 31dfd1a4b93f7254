import type { Hint } from '../applications.ts';
import { serverOfImage } from '../hints.ts';
import { scriptsIn } from './scripts.ts';
import { entryAt, textAt, valueAt, type Entry, type Node } from './tree.ts';

/** What kind of document it is, as far as that changes how it is read. */
export interface Structure {
  /** How `${X:-default}` is filled in: by Compose, by Spring, or not at all. */
  readonly interpolation: 'compose' | 'spring' | null;
  /** GitHub Actions: `env` counts for all that stands below it. */
  readonly inheritsEnv: boolean;
  /** A resource of Kubernetes, or a list of some. */
  readonly isKubernetes: boolean;
  /** Paths of keys whose values a shell runs. */
  readonly scripts: RegExp | null;
  /** Drivers that the name of the file points to. */
  readonly hints: readonly Hint[];
  /** Names by which containers of this file reach each other. */
  readonly localNames: readonly string[];
  /** Those of them that are servers. In lower case. */
  readonly servers: ReadonlyMap<string, 'postgres' | 'other'>;
}

/** Tells what kind of document it is by the keys at its root and the name of its file. */
export function structureOf(root: Node | undefined, path: string): Structure {
  const names = new Names();
  const compose = valueAt(root, 'services');
  const isCompose = compose?.kind === 'map' && compose.entries.some(({ value }) => isContainer(value));
  if (isCompose) for (const service of compose.entries) names.addService(service);
  // CircleCI: the containers of a job or an executor, by their names.
  for (const section of ['jobs', 'executors']) {
    const named = valueAt(root, section);
    for (const { value } of named?.kind === 'map' ? named.entries : []) names.addNamed(valueAt(value, 'docker'));
  }
  const jobs = valueAt(root, 'jobs');
  // Azure Pipelines: jobs are a list, and name their services.
  for (const { value } of jobs?.kind === 'sequence' ? jobs.items : []) {
    const services = valueAt(value, 'services');
    if (services?.kind === 'map') for (const service of services.entries) names.addService(service);
  }
  const isActions = jobs?.kind === 'map' && (entryAt(root, 'on') ?? entryAt(root, 'true')) !== undefined;
  if (jobs?.kind === 'map') {
    for (const job of jobs.entries) {
      const services = valueAt(job.value, 'services');
      if (services?.kind === 'map') for (const service of services.entries) names.addService(service);
    }
  }
  // GitLab CI: `services` is a list, at the root, under `default` or in a job.
  if (root?.kind === 'map') for (const node of [root, ...root.entries.map(({ value }) => value)]) names.addImages(valueAt(node, 'services'));
  const isSpring = /(?:^|[\\/])(?:application|bootstrap)(?:-[^\\/]*)?\.ya?ml$/i.test(path) || entryAt(root, 'spring') !== undefined;
  return {
    interpolation: isCompose ? 'compose' : isSpring ? 'spring' : null,
    inheritsEnv: isActions,
    isKubernetes: entryAt(root, 'apiVersion') !== undefined && entryAt(root, 'kind') !== undefined,
    scripts: scriptsIn(path, isActions),
    hints: hintsOfFile(path),
    localNames: [...names.local],
    servers: names.servers,
  };
}

/** Files that one program reads. */
function hintsOfFile(path: string): readonly Hint[] {
  // guides.rubyonrails.org/configuring.html#configuring-a-database
  if (/(?:^|[\\/])database\.ya?ml(?:\.\w+)?$/i.test(path)) return ['rails'];
  // unixodbc.org: the only driver for PostgreSQL that names its settings so
  return /(?:^|[\\/])\.?odbc(?:inst)?\.ini(?:\.\w+)?$/i.test(path) ? ['psqlodbc'] : [];
}

function isContainer(node: Node): boolean {
  return node.kind === 'map' && node.entries.some(({ name }) => name === 'image' || name === 'build' || name === 'extends' || name === 'environment' || name === 'command');
}

/** The image of a container or a chart: `image: postgres:16`, `image: { repository: … }`. */
export function imageOf(container: Node): string | undefined {
  const image = valueAt(container, 'image');
  return textAt(image) ?? textAt(valueAt(image, 'repository')) ?? textAt(valueAt(image, 'name'));
}

class Names {
  readonly local = new Set<string>();
  readonly servers = new Map<string, 'postgres' | 'other'>();

  addService({ name, value }: Entry): void {
    const names = [name, textAt(valueAt(value, 'container_name')), textAt(valueAt(value, 'hostname'))];
    const networks = valueAt(value, 'networks');
    if (networks?.kind === 'map') {
      for (const network of networks.entries) {
        const aliases = valueAt(network.value, 'aliases');
        if (aliases?.kind === 'sequence') names.push(...aliases.items.map((alias) => textAt(alias.value)));
      }
    }
    const links = valueAt(value, 'links');
    if (links?.kind === 'sequence') for (const link of links.items) this.#add([textAt(link.value)?.split(':')[1]], null);
    this.#add(names, serverOfImage(imageOf(value) ?? ''));
  }

  addNamed(containers: Node | undefined): void {
    if (containers?.kind !== 'sequence') return;
    for (const { value } of containers.items) this.#add([textAt(valueAt(value, 'name'))], serverOfImage(imageOf(value) ?? ''));
  }

  addImages(services: Node | undefined): void {
    if (services?.kind !== 'sequence') return;
    for (const { value } of services.items) {
      const image = textAt(value) ?? textAt(valueAt(value, 'name'));
      if (image === undefined || !/^[\w./:@-]+$/.test(image)) continue;
      const bare = image.replace(/[:@][^/]*$/, '');
      this.#add([bare.replaceAll('/', '__'), bare.replaceAll('/', '-'), textAt(valueAt(value, 'alias'))], serverOfImage(image));
    }
  }

  #add(names: readonly (string | undefined)[], server: 'postgres' | 'other' | null): void {
    for (const name of names) {
      if (name === undefined || !/^[\w.-]{1,253}$/.test(name)) continue;
      this.local.add(name);
      if (server !== null) this.servers.set(name.toLowerCase(), server);
    }
  }
}
