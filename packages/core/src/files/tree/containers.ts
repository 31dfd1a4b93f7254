import { JoinedTexts, borrowedComment, movedSpan, movedValue } from '../../joined.ts';
import { dirname, joinPath, normalizePath, resolvePath } from '../../paths.ts';
import type { Comment } from '../../site.ts';
import type { MappedText, Span } from '../../text.ts';
import { decodedValue } from '../base64.ts';
import { readDotenv } from '../dotenv/reader.ts';
import { parseDotenv } from '../dotenv/syntax.ts';
import { FILE_BUDGET } from '../expand.ts';
import type { Includes } from '../kind.ts';
import type { Variable } from '../scope.ts';
import { variablesOf } from '../variables.ts';
import { entryAt, textAt, valueAt, type Entry, type MapNode, type Node, type Tree } from './tree.ts';

/** What the files and maps that a container names put into its environment. */
export interface Included {
  /** Of several with one name the last counts. */
  readonly variables: readonly Variable[];
  /** Where something is named that cannot be read; `null`: all was. */
  readonly unread: Span | null;
}

/** What a service has of the one that it extends. */
interface Base {
  readonly files: readonly Variable[];
  readonly environment: readonly Variable[];
  readonly unread: Span | null;
}

/** How often a service may extend one that extends another. */
const MAX_EXTENDS = 5;

/** Takes another file of the same kind apart. */
type Parse = (text: string) => { readonly trees: readonly Tree[]; readonly comments: readonly Comment[] };

/** Other YAML files are read for a ConfigMap or a Secret only this often. */
const MAX_FILES = 200;
const MAX_FOLDERS = 50;
const MAX_LENGTH = 1_000_000;

/**
 * The variables of a file's containers that stand elsewhere: `env_file` of Compose and the .env beside it
 * (docs.docker.com/reference/compose-file/services/#env_file, docs.docker.com/compose/how-tos/environment-variables/variable-interpolation),
 * `envFrom` and `valueFrom` of Kubernetes (kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap).
 */
export class Containers {
  /** Other files' comments that may be ignores. */
  readonly comments: Comment[] = [];
  readonly #path: string;
  readonly #includes: Includes | undefined;
  readonly #trees: readonly Tree[];
  readonly #parse: Parse;
  readonly #joined: JoinedTexts;
  readonly #envFiles = new Map<string, readonly Variable[] | null>();
  /** By kind and name. */
  readonly #maps = new Map<string, readonly Variable[] | null>();
  /** Which map of this very file a value stands in, by its place. */
  readonly #origins = new Map<number, string>();
  #compose: ReadonlyMap<string, Variable> | undefined;

  /** @param length of the file's own text. */
  constructor(path: string, length: number, trees: readonly Tree[], parse: Parse, includes: Includes | undefined) {
    this.#path = normalizePath(path);
    this.#includes = includes;
    this.#trees = trees;
    this.#parse = parse;
    this.#joined = new JoinedTexts(length);
  }

  /** The files that were drawn on. */
  get joined(): JoinedTexts {
    return this.#joined;
  }

  /** What a container names besides its own variables; `null` for nothing. */
  includedBy(container: MapNode): Included | null {
    const maps = valueAt(container, 'envFrom');
    const base = this.#baseOf(container);
    if (entryAt(container, 'env_file') === undefined && base === null && maps?.kind !== 'sequence') return null;
    const variables: Variable[] = [];
    let unread: Span | null = base?.unread ?? null;
    const add = (found: readonly Variable[] | null, span: Span): void => {
      if (found === null) unread = span;
      else variables.push(...found);
    };
    variables.push(...(base?.files ?? []));
    for (const { name, span } of envFilesOf(container)) add(name === undefined ? null : this.#envFile(resolvePath(dirname(this.#path), name)), span);
    variables.push(...(base?.environment ?? []));
    for (const { value } of maps?.kind === 'sequence' ? maps.items : []) {
      const prefix = textAt(valueAt(value, 'prefix')) ?? '';
      const found = this.#mapAt(value, 'configMapRef', 'ConfigMap') ?? this.#mapAt(value, 'secretRef', 'Secret');
      add(found?.map((variable) => (prefix === '' ? variable : { ...variable, name: prefix + variable.name })) ?? null, value.span);
    }
    return { variables, unread };
  }

  /** What `valueFrom` leads to; `undefined` where it cannot be read. */
  valueFrom(from: Node): Variable | undefined {
    const [ref, kind] = entryAt(from, 'configMapKeyRef') === undefined ? ['secretKeyRef', 'Secret'] : ['configMapKeyRef', 'ConfigMap'];
    const key = textAt(valueAt(valueAt(from, ref), 'key'));
    return key === undefined ? undefined : this.#mapAt(from, ref, kind)?.findLast(({ name }) => name === key);
  }

  /** What the .env beside a Compose file gives a name; `undefined` for nothing. */
  composeVariable(name: string): Variable | undefined {
    this.#compose ??= new Map(this.#envFile(resolvePath(dirname(this.#path), '.env'))?.map((variable) => [variable.name, variable]));
    return this.#compose.get(name);
  }

  /** Which file, or which map of this file, a value stands in; `''` where that is the container itself. */
  originOf({ start }: Span): string {
    return this.#origins.get(start) ?? this.#joined.texts.findLast((text) => text.start <= start)?.path ?? '';
  }

  /**
   * What a service has of the one that it extends, in this file or in another
   * (docs.docker.com/reference/compose-file/services/#extends); `null` where it extends none.
   */
  #baseOf(container: MapNode, at: { readonly trees: readonly Tree[]; readonly path: string; readonly by: number | null } = { trees: this.#trees, path: this.#path, by: null }, passed: ReadonlySet<Node> = new Set([container])): Base | null {
    const from = valueAt(container, 'extends');
    const service = textAt(from) ?? textAt(valueAt(from, 'service'));
    if (from === undefined || service === undefined) return null;
    const file = textAt(valueAt(from, 'file'));
    const where = file === undefined ? at : this.#fileAt(resolvePath(dirname(at.path), file));
    if (where === null) return { files: [], environment: [], unread: from.span };
    const base = valueAt(valueAt(where.trees[0]?.roots[0], 'services'), service);
    if (base?.kind !== 'map' || passed.has(base) || passed.size > MAX_EXTENDS) return null;
    const above = this.#baseOf(base, where, new Set([...passed, base]));
    const { by } = where;
    const environment = environmentOf(base, `services.${service}.environment`).map((variable) => (by === null ? variable : moved(variable, by)));
    if (by === null) for (const { span } of environment) this.#origins.set(span.start, `services.${service}`);
    const files = envFilesOf(base).map(({ name }) => (name === undefined ? null : this.#envFile(resolvePath(dirname(where.path), name))));
    return {
      files: [...(above?.files ?? []), ...files.flatMap((found) => found ?? [])],
      environment: [...(above?.environment ?? []), ...environment],
      unread: above?.unread ?? (files.includes(null) ? from.span : null),
    };
  }

  /** Another file of services, behind this one's text. */
  #fileAt(path: string): { readonly trees: readonly Tree[]; readonly path: string; readonly by: number } | null {
    const text = /[$\0]/.test(path) ? null : this.#read(path);
    if (text === null) return null;
    const { trees, comments } = this.#parse(text);
    const isNew = !this.#joined.texts.some((joined) => joined.path === path);
    const by = this.#joined.add(path, text);
    if (isNew) this.comments.push(...comments.map((comment) => borrowedComment(comment, by)));
    return { trees, path, by };
  }

  /** Whether a value is another service's of this very file, which runs as well. */
  isOfService(span: Span): boolean {
    return this.originOf(span).startsWith('services.');
  }

  #envFile(path: string): readonly Variable[] | null {
    if (/[$\0]/.test(path)) return null;
    const known = this.#envFiles.get(path);
    if (known !== undefined) return known;
    const text = this.#read(path);
    let variables: readonly Variable[] | null = null;
    if (text !== null) {
      const by = this.#joined.add(path, text);
      this.comments.push(...readDotenv(path, text).comments.map((comment) => borrowedComment(comment, by)));
      variables = variablesOf(parseDotenv(text).entries, { left: FILE_BUDGET }).map((variable) => moved(variable, by));
    }
    this.#envFiles.set(path, variables);
    return variables;
  }

  #read(path: string): string | null {
    const text = this.#includes?.read(path) ?? null;
    return text === null || text.length > MAX_LENGTH ? null : text;
  }

  #mapAt(from: Node, ref: string, kind: string): readonly Variable[] | null {
    const name = textAt(valueAt(valueAt(from, ref), 'name'));
    if (name === undefined || !/^[\w.-]{1,253}$/.test(name)) return null;
    const id = `${kind} ${name}`;
    const known = this.#maps.get(id);
    if (known !== undefined) return known;
    const here = mapIn(this.#trees, kind, name);
    if (here !== null) for (const { span } of here) this.#origins.set(span.start, id);
    const found = here ?? this.#elsewhere(kind, name);
    this.#maps.set(id, found);
    return found;
  }

  /** In the YAML files of the same folder, else of the folder above and those beside this one: how manifests are laid out. */
  #elsewhere(kind: string, name: string): readonly Variable[] | null {
    const { list } = this.#includes ?? {};
    if (list === undefined) return null;
    const folder = dirname(this.#path);
    const above = dirname(folder);
    let files = 0;
    const inFolder = (at: string, names: readonly string[]): readonly Variable[] | null => {
      for (const file of names.filter((each) => /\.ya?ml$/i.test(each))) {
        const path = joinPath(at, file);
        if (path === this.#path || ++files > MAX_FILES) continue;
        const text = this.#read(path);
        if (text === null || !text.includes(name) || !new RegExp(`^kind:\\s*["']?${kind}\\b`, 'm').test(text)) continue;
        const { trees, comments } = this.#parse(text);
        const found = mapIn(trees, kind, name);
        if (found === null) continue;
        const by = this.#joined.add(path, text);
        this.comments.push(...comments.map((comment) => borrowedComment(comment, by)));
        return found.map((variable) => moved(variable, by));
      }
      return null;
    };
    const reader = this.#includes;
    const namesIn = (at: string): readonly string[] => reader?.list?.(at) ?? [];
    const own = inFolder(folder, namesIn(folder));
    if (own !== null || above === folder) return own;
    const beside = namesIn(above);
    const folders = beside.filter((each) => !each.includes('.') && each !== 'node_modules').map((each) => joinPath(above, each)).filter((each) => each !== folder);
    for (const at of [above, ...folders.slice(0, MAX_FOLDERS)]) {
      const found = inFolder(at, at === above ? beside : namesIn(at));
      if (found !== null) return found;
    }
    return null;
  }
}

function envFilesOf(container: MapNode): readonly { readonly name: string | undefined; readonly span: Span }[] {
  const files = valueAt(container, 'env_file');
  if (files === undefined) return [];
  return (files.kind === 'sequence' ? files.items.map(({ value }) => value) : [files]).map((file) => ({ name: textAt(file) ?? textAt(valueAt(file, 'path')), span: file.span }));
}

/** What a service of Compose is given by itself: a map, or a list of `NAME=value`. */
function environmentOf(service: MapNode, path: string): readonly Variable[] {
  const environment = valueAt(service, 'environment');
  if (environment?.kind === 'map') return environment.entries.flatMap((entry) => variableOf(entry, path, false));
  if (environment?.kind !== 'sequence') return [];
  return environment.items.flatMap(({ value, whole }): Variable[] => {
    const text = value.kind === 'scalar' && value.value !== 'hidden' ? value.value : null;
    const equals = text?.text.indexOf('=') ?? -1;
    if (text === null || equals < 1) return [];
    const [name, given] = [text.text.slice(0, equals), text.slice(equals + 1, text.text.length)];
    return [{ name, path: `${path}.${name}`, value: given, span: given.span, whole }];
  });
}

/** The variables of a ConfigMap or a Secret; `null` where there is none of that name. */
function mapIn(trees: readonly Tree[], kind: string, name: string): readonly Variable[] | null {
  const root = trees.map(({ roots }) => roots[0]).find((each) => textAt(valueAt(each, 'kind')) === kind && textAt(valueAt(valueAt(each, 'metadata'), 'name')) === name);
  if (root === undefined) return null;
  const entries = (key: string): readonly Variable[] => {
    const data = valueAt(root, key);
    return data?.kind === 'map' ? data.entries.flatMap((entry) => variableOf(entry, key, kind === 'Secret' && key === 'data')) : [];
  };
  // What stringData says wins: it is written over data.
  return [...entries('data'), ...entries('stringData')];
}

function variableOf({ name, value, whole }: Entry, path: string, isBase64: boolean): Variable[] {
  if (value.kind !== 'scalar') return [];
  const text: MappedText | 'hidden' = value.value === 'hidden' || !isBase64 ? value.value : decodedValue(value.value);
  return [{ name, path: `${path}.${name}`, value: text, span: text === 'hidden' ? value.span : text.span, whole }];
}

function moved(variable: Variable, by: number): Variable {
  return { ...variable, value: movedValue(variable.value, by), span: movedSpan(variable.span, by), whole: movedSpan(variable.whole, by) };
}
