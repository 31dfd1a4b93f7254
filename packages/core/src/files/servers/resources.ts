import { isDynamic } from '../expand.ts';
import { textAt, type Entry, type MapNode, type Node } from '../tree/tree.ts';

/** A document that may hold servers. */
export interface Document {
  readonly text: string;
  readonly roots: readonly Node[];
  /** Those of the files that are one with it. */
  readonly beside: () => readonly Node[];
}

/** Something that a tool is told to make: by Terraform, CloudFormation, Pulumi, ARM, or a Kubernetes operator. */
export interface Resource {
  /** As the tool names it: `aws_db_instance`, `AWS::RDS::DBInstance`, `aws:rds:Instance`, `Microsoft.DBforPostgreSQL/…`, `SQLInstance`. */
  readonly type: string;
  /** What others refer to it by; empty for none. */
  readonly name: string;
  readonly path: string;
  readonly properties: MapNode;
}

/** A property with the path of its key. */
export interface Property {
  readonly entry: Entry;
  readonly path: string;
  /** `null` where something else decides it: a variable, a reference. */
  readonly text: string | null;
}

/** The resources of a document. */
export function resourcesOf(roots: readonly Node[]): readonly Resource[] {
  return roots.flatMap((root) => (root.kind === 'map' ? [...terraform(root), ...templates(root), ...kubernetes(root)] : []));
}

/** `resource "type" "name" { … }` */
function terraform(root: MapNode): readonly Resource[] {
  const blocks = root.entries.filter(({ name, value }) => name === 'resource' && value.kind === 'map');
  return blocks.flatMap(({ value }) => entriesOf(value).flatMap(({ name: type, value: named }) => entriesOf(named).flatMap(({ name, value: body }) => mapsOf(body).map((properties) => ({ type, name, path: `resource.${type}.${name}`, properties })))));
}

/** CloudFormation (`Resources` by name), Pulumi YAML (`resources` by name), ARM and Deployment Manager (a list). */
function templates(root: MapNode): readonly Resource[] {
  const resources = root.entries.find(({ name }) => name === 'Resources' || name === 'resources');
  const made = (node: Node, name: string, path: string): readonly Resource[] => {
    const type = textAt(propertyOf(node, 'type')?.value);
    const properties = propertyOf(node, 'properties');
    const own = type === undefined || properties?.value.kind !== 'map' ? [] : [{ type: type.replace(/\/\w+(?=:\w+$)/, ''), name: name || (textAt(propertyOf(node, 'name')?.value) ?? ''), path: `${path}.${properties.name}`, properties: properties.value }];
    // ARM: children stand in their parent.
    const children = propertyOf(node, 'resources')?.value;
    return children?.kind === 'sequence' ? [...own, ...children.items.flatMap(({ value }, at) => made(value, '', `${path}.resources[${at}]`).map((child) => ({ ...child, type: child.type.includes('/') ? child.type : `${type ?? ''}/${child.type}` })))] : own;
  };
  if (resources === undefined) return [];
  if (resources.value.kind === 'sequence') return resources.value.items.flatMap(({ value }, at) => made(value, '', `${resources.name}[${at}]`));
  return entriesOf(resources.value).flatMap(({ name, value }) => made(value, name, `${resources.name}.${name}`));
}

/** `kind` and `spec`; the items of a List. */
function kubernetes(root: MapNode): readonly Resource[] {
  const type = textAt(root.entries.find(({ name }) => name === 'kind')?.value);
  const spec = root.entries.find(({ name }) => name === 'spec')?.value;
  return type !== undefined && spec?.kind === 'map' && root.entries.some(({ name }) => name === 'apiVersion') ? [{ type, name: '', path: 'spec', properties: spec }] : [];
}

/** What Terraform refers to a resource by: `aws_db_instance.pg`; `null` in other documents. */
export function addressOf({ type, name, path }: Resource): string | null {
  return path.startsWith('resource.') ? `${type}.${name}` : null;
}

/** What properties of a resource refer to, by its address: `aws_db_parameter_group.pg` of `aws_db_parameter_group.pg[0].name`. */
export function referencesIn(document: Document, { properties }: Resource, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const found = propertyOf(properties, name);
    const tokens = found === undefined ? [] : sourceOf(document, found.value).split(/[^\w.-]+/);
    return tokens.flatMap((token) => /^[a-z][\w-]*\.[\w-]+/.exec(token)?.[0] ?? []);
  });
}

/** A property by its name, however its tool spells that: `ssl_mode`, `sslMode`, `SslMode`. Of several the last counts. */
export function propertyOf(node: Node | undefined, name: string): Entry | undefined {
  const wanted = fold(name);
  return node?.kind === 'map' ? node.entries.findLast((entry) => fold(entry.name) === wanted) : undefined;
}

function fold(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}

/** A property down a path of names, lists of one on the way left out. */
export function propertyAt(node: Node, names: readonly string[], path: string): Property | null {
  let entry: Entry | undefined;
  let at: Node | undefined = node;
  let where = path;
  for (const name of names) {
    entry = propertyOf(mapsOf(at)[0], name);
    if (entry === undefined) return null;
    where = `${where}.${entry.name}`;
    at = entry.value;
  }
  return entry === undefined ? null : { entry, path: where, text: known(entry.value) };
}

/** One parameter of a group of them: a map by name, or a list of `name` and `value`. */
export function parameterOf(resource: Resource, list: string, wanted: string): Property | null {
  const group = propertyOf(resource.properties, list);
  if (group === undefined) return null;
  const path = `${resource.path}.${group.name}`;
  const direct = group.value.kind === 'map' ? group.value.entries.findLast(({ name }) => name.toLowerCase() === wanted) : undefined;
  if (direct !== undefined) return { entry: direct, path: `${path}.${direct.name}`, text: known(direct.value) };
  const items = mapsOf(group.value);
  const at = items.findLastIndex((item) => [propertyOf(item, 'name'), propertyOf(item, 'parameter_name')].some((name) => textAt(name?.value)?.toLowerCase() === wanted));
  const value = propertyOf(items[at], 'value') ?? propertyOf(items[at], 'parameter_value');
  return value === undefined ? null : { entry: value, path: `${path}[${at}].${value.name}`, text: known(value.value) };
}

/** A map, or the maps of a list. */
export function mapsOf(node: Node | undefined): readonly MapNode[] {
  if (node?.kind === 'map') return [node];
  return node?.kind === 'sequence' ? node.items.flatMap(({ value }) => (value.kind === 'map' ? [value] : [])) : [];
}

function entriesOf(node: Node): readonly Entry[] {
  return node.kind === 'map' ? node.entries : [];
}

function known(node: Node): string | null {
  const text = textAt(node)?.trim();
  return text === undefined || isDynamic(text) ? null : text;
}

/** Where a property's value stands, and the property itself: what a finding marks and shows. */
export function placeOf({ entry, path }: Property): { readonly key: string; readonly span: Entry['span']; readonly whole: Entry['span'] } {
  const { value } = entry;
  return { key: path, span: value.kind === 'scalar' && value.value !== 'hidden' ? value.value.span : value.span, whole: entry.span };
}

/** The text of a scalar as it stands in the source, a reference too: `aws_db_parameter_group.pg.name`, `!Ref Group`. */
export function sourceOf({ text }: Document, node: Node): string {
  return node.kind === 'scalar' || node.kind === 'map' ? text.slice(node.span.start, Math.min(node.span.end, node.span.start + 300)) : '';
}
