import type { DriverId } from '../../drivers/driver.ts';
import type { Bypass, Site } from '../../site.ts';
import { MappedText, type Span } from '../../text.ts';
import { decodeBase64 } from '../base64.ts';
import { expand, type Expansion } from '../expand.ts';
import { isDriverVariable, isTlsVariable, roleOf } from '../group.ts';
import { hintsOfImage } from '../hints.ts';
import { readScope, withoutAbsorbed, type Variable } from '../scope.ts';
import { imageOf, structureOf, type Structure } from './structure.ts';
import { entryAt, textAt, valueAt, type Entry, type MapNode, type Node, type ScalarNode, type SequenceNode, type Tree } from './tree.ts';

/** What is found in the documents of one file. */
export interface Found {
  readonly sites: Site[];
  readonly bypasses: Bypass[];
  readonly localNames: Set<string>;
}

/** What holds for all below a node. */
interface Context {
  readonly structure: Structure;
  /** Drivers that the image of the container around points to. */
  readonly hints: readonly DriverId[];
  /** Variables of the `env` around (GitHub Actions). */
  readonly inherited: readonly Variable[];
  /** Values of this very map are base64: `data` of a Kubernetes Secret. */
  readonly base64: boolean;
  readonly unparsed: boolean;
}

/** Keys of maps whose TLS settings belong to the map around them: Grafana's jsonData, Temporal's connectAttributes, Django's OPTIONS. */
const NESTED = /^(?:jsonData|options|extra|connectAttributes|connection_options|connectionOptions|connect_args|parameters|params)$/i;

/** Finds the connections of one document. */
export function walkTree(tree: Tree, path: string, unparsed: boolean, found: Found): void {
  const structure = structureOf(tree.roots[0], path);
  for (const name of structure.localNames) found.localNames.add(name);
  const walker = new Walker(tree.merged, found);
  for (const root of tree.roots) walker.walk(root, '', { structure, hints: structure.hints, inherited: [], base64: false, unparsed });
  // Not spread into one call: a file can hold more than fit onto the stack.
  for (const site of withoutAbsorbed(walker.sites)) found.sites.push(site);
}

class Walker {
  readonly #merged: ReadonlySet<Node>;
  readonly #found: Found;
  /** Spans of what was found: an alias of it is no second connection. */
  readonly #seen = new Set<string>();
  readonly sites: Site[] = [];

  constructor(merged: ReadonlySet<Node>, found: Found) {
    this.#merged = merged;
    this.#found = found;
  }

  walk(node: Node, path: string, context: Context): void {
    if (node.kind === 'map') this.#map(node, path, context);
    else if (node.kind === 'sequence') this.#sequence(node, path, context);
    else if (path === '' && /[:=]/.test(textAt(node) ?? '')) this.#scope([variableOf('', '', node, node.span, context)], path, false, context);
  }

  #map(map: MapNode, path: string, context: Context): void {
    const image = imageOf(map);
    const hints = image === undefined ? [] : hintsOfImage(image);
    const within: Context = { ...context, base64: false, ...(hints.length > 0 && { hints }) };
    const environment = /(?:^|\.)environment$/.test(path);
    const env = context.structure.inheritsEnv ? valueAt(map, 'env') : undefined;
    const inherited = env?.kind === 'map' ? inForce(context.inherited, env.entries.flatMap((entry) => entryVariables(entry, join(join(path, 'env'), entry.name), context, false))) : context.inherited;
    if (!this.#merged.has(map)) {
      const variables = map.entries.flatMap((entry) => entryVariables(entry, join(path, entry.name), context, environment));
      if (variables.length > 0) this.#scope(variables, path, true, { ...context, inherited, hints: within.hints });
    }
    const isSecret = textAt(valueAt(map, 'kind')) === 'Secret' && entryAt(map, 'apiVersion') !== undefined;
    for (const { name, value, shared } of map.entries) {
      if (shared || value.kind === 'scalar') continue;
      this.walk(value, join(path, name), { ...within, base64: isSecret && name === 'data', inherited: value === env ? context.inherited : inherited });
    }
  }

  #sequence(sequence: SequenceNode, path: string, context: Context): void {
    const variables: Variable[] = [];
    let named = true;
    const assigns = sequence.items.some(({ value }) => isAssignment(value)) && sequence.items.every(({ value }) => isAssignment(value) || isBareName(value));
    for (const [index, { value, whole, shared }] of sequence.items.entries()) {
      const at = `${path}[${index}]`;
      if (value.kind === 'scalar') {
        if (shared) continue;
        named &&= assigns;
        variables.push(assigns ? assignment(value, path, whole, context) : variableOf('', at, value, whole, context));
      } else {
        const variable = envItem(value, at, whole, context);
        if (variable !== null) variables.push(variable);
        else if (!shared) this.walk(value, at, context);
      }
    }
    if (variables.length === 0) return;
    if (named) this.#scope(variables, path, false, context);
    // Items of a list that are no variables have nothing to do with each other.
    else for (const variable of variables) this.#scope([variable], path, false, context);
  }

  #scope(variables: readonly Variable[], path: string, bareNames: boolean, context: Context): void {
    const { structure, inherited, hints, unparsed } = context;
    const { sites, bypasses } = readScope({ variables, inherited, path, bareNames, hints, servers: structure.servers, unparsed });
    for (const site of sites) {
      const spans = [site.string === null || site.string === 'hidden' ? site.span : site.string.span, ...[...site.members, ...site.environment].map(({ span }) => span)];
      if (this.#isNew(site.form, spans)) this.sites.push(site);
    }
    for (const bypass of bypasses) if (this.#isNew('bypass', [bypass.setting.span])) this.#found.bypasses.push(bypass);
  }

  #isNew(kind: string, spans: readonly Span[]): boolean {
    const id = `${kind} ${spans.map(({ start, end }) => `${start}-${end}`).join(' ')}`;
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    return true;
  }
}

/** Variables of an outer and an inner `env` that drivers read themselves; the inner one wins. */
function inForce(outer: readonly Variable[], inner: readonly Variable[]): readonly Variable[] {
  const all = [...outer, ...inner].filter(({ name }) => isDriverVariable(name) || isTlsVariable(name));
  return [...new Map(all.map((variable) => [variable.name, variable])).values()];
}

function join(path: string, name: string): string {
  // Deep nesting must not make paths that grow with its square.
  if (path === '' || name === '') return path + name;
  return `${path.length > 500 ? path.slice(-500) : path}.${name}`;
}

function entryVariables({ name, value, whole, shared }: Entry, path: string, context: Context, environment: boolean): Variable[] {
  if (value.kind === 'scalar') {
    // Compose: a name without a value takes it from the shell.
    const node: ScalarNode = environment && value.empty && context.structure.interpolation === 'compose' ? { ...value, value: 'hidden' } : value;
    return [{ ...variableOf(name, path, node, whole, context), ...(shared && { shared }) }];
  }
  if (value.kind !== 'map' || !NESTED.test(name)) return [];
  return value.entries.flatMap((entry) => (belongsAbove(entry) ? entryVariables(entry, join(path, entry.name), context, false) : []));
}

function belongsAbove({ name, value }: Entry): boolean {
  const named = value.kind === 'scalar' ? roleOf(name) : null;
  return named?.prefix === '' && (named.role === 'dbname' || named.role.startsWith('ssl')) && name !== 'name';
}

function variableOf(name: string, path: string, node: ScalarNode, whole: Span, context: Context): Variable {
  const value = node.value === 'hidden' ? 'hidden' : interpolate(context.base64 ? decoded(node.value) : node.value, context.structure);
  return { name, path, value, span: value === 'hidden' ? node.span : value.span, whole };
}

function decoded(value: MappedText): MappedText {
  const text = decodeBase64(value.text);
  if (text === null) return value;
  const start = text.length - text.trimStart().length;
  return MappedText.whole(text, value.span).slice(start, Math.max(start, text.trimEnd().length));
}

/** Both know the variables of the process alone: of a file's own text only defaults count. */
const UNKNOWN = { lookup: (): undefined => undefined, budget: { left: 0 } };
const COMPOSE: Expansion = { ...UNKNOWN, escape: '$$' };
const SPRING: Expansion = { ...UNKNOWN, escape: '\\$', bareColon: true };

function interpolate(value: MappedText, { interpolation }: Structure): MappedText {
  if (interpolation === null) return value;
  return expand(value, interpolation === 'compose' ? COMPOSE : SPRING);
}

/** `- NAME=value` */
function isAssignment(node: Node): boolean {
  return /^[A-Za-z_][\w.]*=/.test(textAt(node) ?? '');
}

/** `- NAME`: the value comes from the shell. */
function isBareName(node: Node): boolean {
  return /^[A-Za-z_]\w*$/.test(textAt(node) ?? '');
}

function assignment(node: ScalarNode, path: string, whole: Span, context: Context): Variable {
  if (node.value === 'hidden') return variableOf('', path, node, whole, context);
  const { text } = node.value;
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const value = equals < 0 ? 'hidden' : interpolate(node.value.slice(equals + 1, text.length), context.structure);
  return { name, path: join(path, name), value, span: value === 'hidden' ? node.span : value.span, whole };
}

/** `- name: X` with `value` or `valueFrom`: Kubernetes, and what is like it. */
function envItem(node: Node, path: string, whole: Span, context: Context): Variable | null {
  const name = textAt(valueAt(node, 'name'));
  if (name === undefined) return null;
  const value = entryAt(node, 'value');
  if (value?.value.kind === 'scalar') return variableOf(name, join(path, 'value'), value.value, whole, context);
  const from = entryAt(node, 'valueFrom');
  if (from === undefined) return null;
  return { name, path: join(path, 'valueFrom'), value: 'hidden', span: from.value.span, whole };
}
