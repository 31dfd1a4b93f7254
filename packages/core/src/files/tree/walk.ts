import type { Bypass, Claim, GivenEnvironment, Site } from '../../site.ts';
import { LineIndex, type MappedText, type Span } from '../../text.ts';
import type { Hint } from '../applications.ts';
import { decodedValue } from '../base64.ts';
import { readDotenv } from '../dotenv/reader.ts';
import { placedIn } from '../embedded.ts';
import { expand, type Expansion } from '../expand.ts';
import { isDriverVariable, isTlsVariable, roleOf } from '../group.ts';
import { hintsOfImage } from '../hints.ts';
import { POOL_MAP, PROPERTIES_MAP } from '../pool-properties.ts';
import { erbDefault } from '../reference.ts';
import { environmentSetting, readScope, withoutAbsorbed, type Variable } from '../scope.ts';
import { readShell } from '../shell/reader.ts';
import type { Containers, Included } from './containers.ts';
import { isWorthReading } from './scripts.ts';
import { imageOf, structureOf, type Structure } from './structure.ts';
import { entryAt, textAt, valueAt, type Entry, type MapNode, type Node, type ScalarNode, type SequenceNode, type Tree } from './tree.ts';

/** What is found in the documents of one file. */
export interface Found {
  readonly sites: Site[];
  readonly bypasses: Bypass[];
  readonly localNames: Set<string>;
  readonly claims: Claim[];
  /** Variables of containers, jobs and ConfigMaps. */
  readonly environments: GivenEnvironment[];
}

/** What holds for all below a node. */
interface Context {
  readonly structure: Structure;
  /** Drivers that the image of the container around points to. */
  readonly hints: readonly Hint[];
  /** Variables of the `env` around (GitHub Actions). */
  readonly inherited: readonly Variable[];
  /** Values of this very map are base64: `data` of a Kubernetes Secret. */
  readonly base64: boolean;
  /** Of the container around: what files put into the environment that stands here. */
  readonly included: Included | null;
  readonly containers: Containers;
  /** What the container around is called. */
  readonly called: readonly string[];
  readonly unparsed: boolean;
}

/** Keys of maps whose TLS settings belong to the map around them: Grafana's jsonData, Temporal's connectAttributes, Django's OPTIONS, pgAdmin's ConnectionParameters, Hasura's ssl_configuration, SQLTools' pgOptions. */
const NESTED = /^(?:jsonData|options|extra|connectAttributes|connection_options|connectionOptions|connectionParameters|connect_args|parameters|params|pgOptions|ssl_configuration)$/i;

/** Finds the connections of one document. */
export function walkTree(tree: Tree, path: string, unparsed: boolean, found: Found, containers: Containers): void {
  const structure = structureOf(tree.roots[0], path);
  for (const name of structure.localNames) found.localNames.add(name);
  const walker = new Walker(tree.merged, found);
  for (const root of tree.roots) walker.walk(root, '', { structure, hints: structure.hints, inherited: [], base64: false, included: null, containers, called: [], unparsed });
  // Not spread into one call: a file can hold more than fit onto the stack.
  const isSchema = isSchemaDocument(tree.roots[0]);
  for (const site of withoutAbsorbed(walker.sites)) found.sites.push(isSchema && EXAMPLES.test(site.key ?? '') ? { ...site, sample: true } : site);
}

/** Keywords of JSON Schema and OpenAPI whose values only show what may be written. */
const EXAMPLES = /(?:^|\.)examples?(?:[.[]|$)/;

/** JSON Schema, or a description of an API with schemas in it. */
function isSchemaDocument(root: Node | undefined): boolean {
  return textAt(valueAt(root, '$schema'))?.includes('json-schema.org') === true || entryAt(root, 'openapi') !== undefined || entryAt(root, 'swagger') !== undefined;
}

class Walker {
  readonly #merged: ReadonlySet<Node>;
  readonly #found: Found;
  /** Spans of what was found: an alias of it is no second connection. */
  readonly #seen = new Set<string>();
  /** Where strings begin that a script was read for. */
  readonly #scripted = new Set<number>();
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
    const called = namesOf(map, path);
    const within: Context = { ...context, base64: false, included: null, ...(hints.length > 0 && { hints }), ...(called.length > 0 && { called }) };
    const included = context.containers.includedBy(map);
    const takesIn = included === null ? undefined : (entryAt(map, 'environment') ?? entryAt(map, 'env'))?.name;
    if (included !== null && takesIn === undefined) this.#scope([], path, false, { ...within, included });
    const environment = /(?:^|\.)environment$/.test(path);
    const env = context.structure.inheritsEnv ? valueAt(map, 'env') : undefined;
    const inherited = env?.kind === 'map' ? inForce(context.inherited, env.entries.flatMap((entry) => entryVariables(entry, join(join(path, 'env'), entry.name), context, false))) : context.inherited;
    for (const { name, value, shared } of map.entries) if (!shared) this.#script(value, join(path, name), { ...context, inherited });
    if (!this.#merged.has(map)) {
      const variables = map.entries.filter((entry) => !this.#file(entry, path, context)).flatMap((entry) => entryVariables(entry, join(path, entry.name), context, environment));
      if (variables.length > 0) this.#scope(variables, path, true, { ...context, inherited, hints: within.hints });
      else if (context.included !== null) this.#scope([], path, false, context);
    }
    const isSecret = textAt(valueAt(map, 'kind')) === 'Secret' && entryAt(map, 'apiVersion') !== undefined;
    for (const { name, value, shared } of map.entries) {
      if (shared || value.kind === 'scalar') continue;
      this.walk(value, join(path, name), { ...within, base64: isSecret && name === 'data', included: name === takesIn ? included : null, inherited: value === env ? context.inherited : inherited });
    }
  }

  /** A .env that stands in a map: `config.env: |` of a ConfigMap. */
  #file({ name, value, shared }: Entry, path: string, { unparsed }: Context): boolean {
    if (value.kind !== 'scalar' || value.value === 'hidden' || !/[.-]env$|^env$/i.test(name) || !/^[ \t]*(?:export )?[A-Z_][A-Z0-9_]*=[^\n]*\n./m.test(value.value.text)) return false;
    if (shared) return true;
    const { sites, bypasses } = placedIn(readDotenv('', value.value.text), value.value, NO_LINES);
    for (const site of sites) this.sites.push({ ...site, unparsed, key: join(join(path, name), site.key ?? '') });
    this.#found.bypasses.push(...bypasses);
    return true;
  }

  /** What a shell runs: variables before a command count for that command alone. */
  #script(node: Node, path: string, { structure, inherited, unparsed }: Context): void {
    if (structure.scripts?.test(path) !== true || node.kind !== 'scalar' || node.value === 'hidden' || !isWorthReading(node.value.text)) return;
    const { sites, bypasses } = placedIn(readShell('', node.value.text), node.value, NO_LINES);
    const around = inherited.filter(({ name }) => isDriverVariable(name) || isTlsVariable(name)).map(environmentSetting);
    for (const found of sites) {
      const site = { ...found, environment: [...found.environment, ...around.filter(({ name }) => !found.environment.some((own) => own.name === name))] };
      const spans = spansOf(site);
      if (site.string !== null && site.string !== 'hidden') this.#scripted.add(site.string.span.start);
      if (this.#isNew(site.form, spans)) this.sites.push({ ...site, unparsed, key: path });
    }
    for (const bypass of bypasses) if (this.#isNew('bypass', [bypass.setting.span])) this.#found.bypasses.push({ ...bypass, key: path });
  }

  #sequence(sequence: SequenceNode, path: string, context: Context): void {
    const variables: Variable[] = [];
    let named = true;
    const assigns = (/(?:^|\.)environment$/.test(path) || sequence.items.some(({ value }) => isAssignment(value))) && sequence.items.every(({ value }) => isAssignment(value) || isBareName(value));
    for (const [index, { value, whole, shared }] of sequence.items.entries()) {
      const at = `${path}[${index}]`;
      if (value.kind === 'scalar') {
        if (shared) continue;
        named &&= assigns;
        variables.push(assigns ? assignment(value, path, whole, context) : variableOf('', at, value, whole, context));
      } else {
        const variable = envItem(value, at, whole, context);
        if (variable !== null) variables.push(variable);
        else if (!shared) this.walk(value, at, { ...context, included: null });
      }
    }
    if (variables.length === 0 && context.included === null) return;
    if (named) this.#scope(variables, path, false, context);
    // Items of a list that are no variables have nothing to do with each other.
    else for (const variable of variables) this.#scope([variable], path, false, { ...context, included: null });
  }

  #scope(variables: readonly Variable[], path: string, bareNames: boolean, context: Context): void {
    const { structure, inherited, hints, unparsed, included, containers } = context;
    if (isEnvironment(path, context)) this.#found.environments.push({ variables: variables.filter(({ name, span }) => name !== '' && containers.originOf(span) === ''), of: context.called });
    const { sites, bypasses } = readScope({ variables, inherited, path, bareNames, hints, servers: structure.servers, unparsed, ...(structure.interpolation === 'spring' && bareNames && { fills: true }), ...(included !== null && { included: included.variables, unread: included.unread }) });
    for (const site of sites) {
      if (site.string !== null && site.string !== 'hidden' && this.#scripted.has(site.string.span.start)) continue;
      const spans = spansOf(site);
      const joins = this.#joins(spans, context);
      if (joins !== null && this.#isNew(site.form, spans)) this.sites.push(joins ? { ...site, joins } : site);
    }
    for (const bypass of bypasses) if (this.#isNew('bypass', [bypass.setting.span])) this.#found.bypasses.push(bypass);
  }

  /** Claims what stands elsewhere; whether anything does. `null`: all stands in one other place, so it is that place's connection and not another one here. */
  #joins(spans: readonly Span[], { containers }: Context): boolean | null {
    const origins = new Set(spans.map((span) => containers.originOf(span)));
    const joins = origins.size > 1;
    for (const span of spans) if (containers.originOf(span) !== '' && !containers.isOfService(span)) this.#found.claims.push({ at: span.start, joins });
    return joins || origins.has('') ? joins : null;
  }

  #isNew(kind: string, spans: readonly Span[]): boolean {
    const id = `${kind} ${spans.map(({ start, end }) => `${start}-${end}`).join(' ')}`;
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    return true;
  }
}

/** All places that a connection is put together from. */
export function spansOf({ string, span, members, environment }: Site): readonly Span[] {
  return [string === null || string === 'hidden' ? span : string.span, ...[...members, ...environment].map((setting) => setting.span)];
}

/** Nothing that a .env or a script says has a line. */
const NO_LINES = new LineIndex('');

/** Whether what stands here is given to a program as its environment: by Compose, a job of GitHub's or GitLab's, a pod of Kubernetes, or a map that pods take in. */
function isEnvironment(path: string, { structure }: Context): boolean {
  if (structure.interpolation === 'compose') return path.endsWith('.environment');
  if (structure.inheritsEnv) return /(?:^|\.)env$/.test(path);
  if (structure.isKubernetes) return /(?:^|\.)env$|^(?:data|stringData)$/.test(path);
  return false;
}

/** What a container is called: its service, its own name, the end of its image's name, the folder that it is built from. */
function namesOf(container: MapNode, path: string): readonly string[] {
  const image = imageOf(container);
  const build = valueAt(container, 'build');
  if (image === undefined && build === undefined) return [];
  const context = textAt(build) ?? textAt(valueAt(build, 'context'));
  const names = [/^services\.([^.]+)$/.exec(path)?.[1], textAt(valueAt(container, 'name')), image?.replace(/[:@][^/]*$/, ''), context];
  return [...new Set(names.flatMap((name) => name?.toLowerCase().split('/').findLast((part) => /^[\w-]/.test(part)) ?? []))];
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
  if (value.kind !== 'map') return [];
  // The pool beside the URL: spring.datasource.hikari.data-source-properties.
  if (POOL_MAP.test(name)) return value.entries.flatMap((entry) => (PROPERTIES_MAP.test(entry.name) ? entryVariables(entry, join(path, entry.name), context, false) : []));
  if (PROPERTIES_MAP.test(name)) return value.entries.flatMap((entry) => (entry.value.kind === 'scalar' && /ssl/i.test(entry.name) ? entryVariables(entry, join(path, entry.name), context, false) : []));
  if (!NESTED.test(name)) return [];
  return value.entries.flatMap((entry) => (belongsAbove(entry) ? entryVariables(entry, join(path, entry.name), context, false) : []));
}

function belongsAbove({ name, value }: Entry): boolean {
  const named = value.kind === 'scalar' ? roleOf(name) : null;
  return named?.prefix === '' && (named.role === 'dbname' || named.role.startsWith('ssl')) && name !== 'name';
}

function variableOf(name: string, path: string, node: ScalarNode, whole: Span, context: Context): Variable {
  const raw = node.value === 'hidden' || !context.base64 ? node.value : decodedValue(node.value);
  const written = raw === 'hidden' ? null : erbDefault(raw);
  const value = raw === 'hidden' ? raw : (written ?? interpolate(raw, context));
  const unfilled = raw !== 'hidden' && raw !== value && (written !== null || context.structure.interpolation === 'spring') ? { unfilled: raw } : {};
  return { name, path, value, ...unfilled, span: value === 'hidden' ? node.span : value.span, whole };
}

/** Spring knows the variables of the process alone: of a file's own text only defaults count. */
const SPRING: Expansion = { lookup: () => undefined, budget: { left: 0 }, escape: '\\$', bareColon: true };

/** `$X`, `${X}` or `${X:-default}`, and nothing else. */
const REFERENCE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-[^{}]*)?\})$/;

/** A value that Compose takes from the .env beside it stands there; what is put together of several stands here. */
function interpolate(value: MappedText, { structure: { interpolation }, containers }: Context): MappedText {
  if (interpolation === null || !value.text.includes('$')) return value;
  if (interpolation === 'spring') return expand(value, SPRING);
  const known = (name: string): MappedText | undefined => {
    const found = containers.composeVariable(name)?.value;
    return found === undefined || found === 'hidden' || found.text.includes('$') ? undefined : found;
  };
  const [, bare, braced = ''] = REFERENCE.exec(value.text) ?? [];
  const whole = known(bare ?? braced);
  if (whole !== undefined && whole.text !== '') return whole;
  return expand(value, { lookup: (name) => known(name)?.text, budget: { left: COMPOSE_BUDGET }, escape: '$$' });
}

/** What one value may grow by. */
const COMPOSE_BUDGET = 10_000;

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
  const value = equals < 0 ? 'hidden' : interpolate(node.value.slice(equals + 1, text.length), context);
  return { name, path: join(path, name), value, span: value === 'hidden' ? node.span : value.span, whole };
}

/** `- name: X` with `value` or what it is taken from: Kubernetes, and what is like it. */
function envItem(node: Node, path: string, whole: Span, context: Context): Variable | null {
  // Render's blueprints say `key` (render.com/docs/blueprint-spec).
  const from = entryAt(node, 'valueFrom') ?? entryAt(node, 'fromDatabase') ?? entryAt(node, 'fromSecret');
  // CloudFormation writes it in capitals.
  const name = textAt(valueAt(node, 'name')) ?? textAt(valueAt(node, 'Name')) ?? (from === undefined ? undefined : textAt(valueAt(node, 'key')));
  if (name === undefined) return null;
  const value = entryAt(node, 'value') ?? entryAt(node, 'Value');
  if (value?.value.kind === 'scalar') return variableOf(name, join(path, value.name), value.value, whole, context);
  if (from === undefined) return null;
  const referred = context.containers.valueFrom(from.value);
  if (referred !== undefined) return { ...referred, name, path: join(path, from.name) };
  return { name, path: join(path, from.name), value: 'hidden', span: from.value.span, whole };
}
