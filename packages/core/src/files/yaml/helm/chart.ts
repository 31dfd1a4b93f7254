import { JoinedTexts } from '../../../joined.ts';
import { dirname, joinPath, normalizePath, resolvePath } from '../../../paths.ts';
import { MappedText } from '../../../text.ts';
import type { Includes } from '../../kind.ts';
import { entryAt, textAt, valueAt, type Node } from '../../tree/tree.ts';
import type { Named } from './render.ts';
import { parseTemplate, type Template } from './syntax.ts';
import { mapOf, merged, textOf, unknown, valueOf, type Value } from './values.ts';

/** What `helm template` calls a release that nobody has given a name. */
export const RELEASE = 'release-name';

/** A file of values. */
export interface ValuesFile {
  readonly path: string;
  readonly text: string;
  readonly root: Node | undefined;
}

/** The chart that a template is one of (helm.sh/docs/topics/charts). */
export interface Chart {
  readonly name: string;
  readonly folder: string;
  /** Each set of values that it is installed with: files, of which later ones win. `within`: the key under which a chart around this one gives it values. */
  readonly worlds: readonly (readonly { readonly file: ValuesFile; readonly within: string | null }[])[];
  /** Templates whose definitions others include. */
  readonly helpers: readonly { readonly path: string; readonly text: string }[];
}

const MAX_OVERLAYS = 8;
const MAX_HELPERS = 60;
const MAX_FOLDERS = 40;
const MAX_LENGTH = 1_000_000;
const OVERLAY = /^values[-_.].+\.ya?ml$|[-_.]values\.ya?ml$/;

/** The chart around a file in its `templates`; `null` where it is in none, or the chart gives no values. */
export function chartOf(path: string, { read, list }: Includes, rootOf: (text: string) => Node | undefined): Chart | null {
  const normal = normalizePath(path);
  for (let at = normal.lastIndexOf('/templates/'); at > 0; at = normal.lastIndexOf('/templates/', at - 1)) {
    const folder = normal.slice(0, at);
    const manifest = read(joinPath(folder, 'Chart.yaml'));
    if (manifest === null) continue;
    const fileAt = (name: string, of = folder): ValuesFile[] => {
      const text = read(joinPath(of, name));
      return text === null || text.length > MAX_LENGTH ? [] : [{ path: joinPath(of, name), text, root: rootOf(text) }];
    };
    const own = fileAt('values.yaml').concat(fileAt('values.yml')).slice(0, 1).map((file) => ({ file, within: null }));
    const name = textAt(valueAt(rootOf(manifest), 'name')) ?? folder.slice(folder.lastIndexOf('/') + 1);
    const above = dirname(dirname(folder));
    const around = dirname(folder).endsWith('/charts') && read(joinPath(above, 'Chart.yaml')) !== null ? fileAt('values.yaml', above).map((file) => ({ file, within: name })) : [];
    const overlays = (list?.(folder) ?? []).filter((each) => OVERLAY.test(each)).slice(0, MAX_OVERLAYS).flatMap((each) => fileAt(each));
    const base = [...own, ...around];
    if (base.length + overlays.length === 0) return null;
    return { name, folder, worlds: [base, ...overlays.map((file) => [...base, { file, within: null }])], helpers: helpersOf(folder, rootOf(manifest), { read, ...(list !== undefined && { list }) }) };
  }
  return null;
}

/** Those of the chart itself, and of the libraries that lie in it or beside it. */
function helpersOf(folder: string, manifest: Node | undefined, { read, list }: Includes): Chart['helpers'] {
  const dependencies = valueAt(manifest, 'dependencies');
  const libraries = (dependencies?.kind === 'sequence' ? dependencies.items : []).flatMap(({ value }) => {
    const name = textAt(valueAt(value, 'name'));
    const file = /^file:\/\/(.+)$/.exec(textAt(valueAt(value, 'repository')) ?? '')?.[1];
    return name === undefined || !/^[\w.-]+$/.test(name) ? [] : [joinPath(folder, `charts/${name}`), file === undefined ? joinPath(dirname(folder), name) : resolvePath(folder, file)];
  });
  const found: { path: string; text: string }[] = [];
  let folders = [folder, ...libraries].map((each) => joinPath(each, 'templates'));
  for (let looked = 0; folders.length > 0 && looked < MAX_FOLDERS; looked++) {
    const [at = '', ...others] = folders;
    const names = list?.(at) ?? [];
    for (const name of names.filter((each) => each.endsWith('.tpl')).slice(0, MAX_HELPERS - found.length)) {
      const text = read(joinPath(at, name));
      if (text !== null && text.length < MAX_LENGTH) found.push({ path: joinPath(at, name), text });
    }
    folders = [...others, ...names.filter((name) => /^_?[\w-]+$/.test(name)).map((name) => joinPath(at, name))];
  }
  return found;
}

/** A chart as one of its templates sees it, whose text the others' stand behind. */
export class ChartTexts {
  readonly joined: JoinedTexts;
  readonly #chart: Chart;

  constructor(chart: Chart, length: number) {
    this.#chart = chart;
    this.joined = new JoinedTexts(length);
  }

  /** What a template is given: `.` at its root. */
  root(world: Chart['worlds'][number]): Value {
    const values = world.reduce<Value>((below, { file, within }) => {
      const by = this.joined.add(file.path, file.text);
      if (within === null) return merged(below, valueOf(file.root, file.text, by));
      const shared = entryAt(file.root, 'global');
      const around = shared === undefined ? below : merged(below, mapOf(new Map([['global', valueOf(shared.value, file.text, by)]])));
      return merged(around, valueOf(valueAt(file.root, within), file.text, by));
    }, mapOf(new Map()));
    const own = (text: string): Value => textOf(MappedText.whole(text, { start: 0, end: 0 }));
    const hidden = unknown(MappedText.verbatim('x', 0, 1));
    return mapOf(new Map<string, Value>([
      ['Values', values],
      ['Chart', mapOf(new Map([['Name', own(this.#chart.name)], ...['Version', 'AppVersion'].map((name) => [name, hidden] as const)]))],
      ['Release', mapOf(new Map([['Name', own(RELEASE)], ['Namespace', own('default')], ['Service', own('Helm')]]))],
      ...['Capabilities', 'Files', 'Template', 'Subcharts'].map((name) => [name, hidden] as const),
    ]));
  }

  /** What some template of the chart defines. */
  definitionOf(name: string): Named | undefined {
    for (const { path, text } of this.#chart.helpers) {
      const body = templateOf(text)?.defines.get(name);
      if (body === undefined) continue;
      return { home: MappedText.verbatim(text, 0, text.length).moved(this.joined.add(path, text)), body };
    }
    return undefined;
  }

  /** The files of values, with what their places have to be moved by. */
  valuesFiles(): readonly { readonly file: ValuesFile; readonly by: number }[] {
    const files = new Map(this.#chart.worlds.flat().map(({ file }) => [file.path, file]));
    return [...files.values()].map((file) => ({ file, by: this.joined.add(file.path, file.text) }));
  }
}

/** A chart's helpers are asked for by each of its templates. */
const templates = new Map<string, Template | null>();
const KEPT = 40;

function templateOf(text: string): Template | null {
  const known = templates.get(text);
  if (known !== undefined) return known;
  const template = parseTemplate(text);
  templates.set(text, template);
  const [oldest] = templates.size > KEPT ? templates.keys() : [];
  if (oldest !== undefined) templates.delete(oldest);
  return template;
}

