import type { DriverId } from '../drivers/driver.ts';
import { driverOf } from '../drivers/index.ts';
import { parseString } from '../settings/index.ts';
import type { Form, Setting } from '../settings/setting.ts';
import { JoinedTexts, borrowedComment, wholeSource } from '../joined.ts';
import { NOTHING, type Reading, type Site } from '../site.ts';
import type { MappedText } from '../text.ts';
import type { Value } from '../value.ts';
import { propertyOf, truthiness } from '../value.ts';
import { isNode, spanOf } from './ast.ts';
import type { Call, Node } from './ast.ts';
import { combined, only } from './branches.ts';
import { commentsOf } from './comments.ts';
import type { SourceComment } from './comments.ts';
import { CALLED, mayConnect } from './connecting.ts';
import type { Crossing } from './crossings.ts';
import { describe } from './conditions.ts';
import type { Branch, Condition } from './conditions.ts';
import { assignedSettings } from './assigned-settings.ts';
import { libraryOf, libraryOfCall } from './libraries/index.ts';
import { isAboutPostgres } from './libraries/library.ts';
import type { Argument, Given, Library, Look } from './libraries/library.ts';
import { Links } from './links.ts';
import { HOLE } from './literals.ts';
import type { Modules } from './links.ts';
import { loadedBy, moduleOf } from './modules.ts';
import { evidenceAt, isRead, isShaped, noteEntries, shapedObjects, usedAt } from './objects.ts';
import { Tree } from './scope.ts';
import type { Imported } from './scope.ts';
import { looseStrings } from './strings.ts';
import { defaultsOf, withDefaults } from './pg-defaults.ts';
import { mayHoldCode } from './telling.ts';
import { Evaluator } from './values.ts';

export type { SourceComment } from './comments.ts';
export { disabledBy } from './directives.ts';
export type { Module, Modules } from './links.ts';
export { mayConnect } from './connecting.ts';
export { mayHoldCode } from './telling.ts';
export type { Bypass, Comment, Disabled, Reading, Site } from '../site.ts';

/** The root of a syntax tree: an ESTree `Program`, with `range` or `start` and `end` in UTF-16 units, and no need of `parent`. */
export interface Program {
  readonly type: string;
  readonly body: readonly unknown[];
  readonly comments?: readonly SourceComment[] | null | undefined;
}

/**
 * Finds the connections in a syntax tree: calls of the libraries that are known, connection strings anywhere else, and
 * what the program writes into its environment. Pure; never throws, whatever the tree holds.
 *
 * @param program - The tree, of whichever parser.
 * @param source - The text that it was made from: places in the tree are offsets in it.
 * @param comments - Its comments, where the tree doesn't hold them.
 * @param modules - Where its imports lead, for those who know: values are followed into other modules of the program then.
 */
export function collectCode(program: Program, source: string, comments: readonly SourceComment[] = program.comments ?? [], modules: Modules | null = null): Reading {
  if (!isNode(program) || !(modules === null ? mayHoldCode(source) : mayConnect(source))) return NOTHING;
  const tree = new Tree(program, source);
  const joined = new JoinedTexts(source.length);
  const meter = { budget: 0, depth: 0 };
  const links = new Links<Evaluator>(joined, (other, onward, start): Evaluator => new Evaluator(other, { links, modules: onward, start, meter }));
  const evaluator = new Evaluator(tree, modules === null ? null : { links, modules, start: 0, meter });
  const { environment, bypasses } = assignedSettings(tree, evaluator);
  const seen: Seen = { literals: new Set(), entries: new Set() };
  const look = lookOf(tree, evaluator, joined);
  const calls = callsOf(tree, modules === null ? null : (imported) => handedOn(imported, links, modules));
  const defaults = defaultsOf(tree, evaluator);
  const isOn = defaults.some(({ value }) => truthiness(propertyOf(value, 'ssl')) !== false);
  const made = [...calls].flatMap(([call, known]) => sitesOfCall(call, known, tree, evaluator, look, seen));
  made.push(...sitesOfObjects(tree, evaluator, look, seen));
  const sites = isOn ? made.map(withDefaults) : made;
  sites.push(...defaults.map(({ value, when }) => site({ string: 'hidden', options: value, span: value.span, driver: { id: 'node-postgres', kind: 'code', line: null }, when })));
  const driver = onlyDriver(tree);
  for (const loose of looseStrings(tree, evaluator, seen.literals, new Set(calls.keys()))) {
    const { ssl } = loose;
    const options: Site['options'] = ssl === undefined ? undefined : { kind: 'object', entries: [{ name: 'ssl', value: ssl.value, span: spanOf(ssl.property) }], open: true, span: spanOf(ssl.property) };
    sites.push(site({ string: loose.text, options, span: loose.text.span, driver, when: loose.when }));
  }
  if (sites.length === 0) sites.push(...loneGroup(environment, driver));
  const inOrder = sites.map((found) => ({ ...found, environment })).sort((a, b) => a.span.start - b.span.start);
  const borrowed = links.units.flatMap(({ comments: theirs, tree: other, start }) => commentsOf(theirs, other).map((comment) => borrowedComment(comment, start)));
  return { ...NOTHING, sites: inOrder, comments: [...commentsOf(comments, tree), ...borrowed], bypasses, ...(joined.texts.length > 0 && { joined: joined.texts }) };
}

/** What a name of another module is that only hands it on: `export { Pool } from 'pg'`. */
function handedOn({ module, path: [name, ...rest] }: Imported, links: Links<Evaluator>, modules: Modules): Imported | undefined {
  if (name === undefined || !CALLED.has(rest.at(-1) ?? name)) return undefined;
  const found = links.follow({ module, path: [name] }, modules);
  const further = found !== undefined && 'unit' in found ? moduleOf(found.node, found.unit.tree) : found;
  return further === undefined ? undefined : { ...further, path: [...further.path, ...rest] };
}

interface KnownCall {
  readonly library: Library;
  readonly name: string;
}

function callsOf(tree: Tree, onward: ((imported: Imported) => Imported | undefined) | null): ReadonlyMap<Call, KnownCall> {
  const calls = new Map<Call, KnownCall>();
  for (const node of tree.visits.keys()) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
    const imported = moduleOf(node.callee, tree);
    if (imported === undefined) continue;
    const further = libraryOfCall(imported) === undefined ? onward?.(imported) : imported;
    const known = further === undefined ? undefined : libraryOfCall(further);
    if (known !== undefined) calls.set(node, known);
  }
  return calls;
}

/** One site a branch and connection. A branch that is taken for hosts on the own machine alone needs no TLS: it is left out. */
function sitesOfCall(call: Call, { library, name }: KnownCall, tree: Tree, evaluator: Evaluator, look: Look, seen: Seen): readonly Site[] {
  const which = library.matters?.(call.arguments.length) ?? [0, 1];
  const matter = which.flatMap((index) => call.arguments[index] ?? []);
  const hidesRest = call.arguments.slice(0, Math.max(...which, 0) + 1).some(({ type }) => type === 'SpreadElement');
  if (hidesRest && library.driver !== 'node-postgres' && library.driver !== 'postgres.js') return [];
  const met = evaluator.crossings.length;
  let args: readonly Branch<readonly Argument[]>[] = only([]);
  for (const argument of hidesRest ? [] : matter) {
    args = combined(args, evaluator.branches(argument), (before, value) => [...before, { value, text: evaluator.textOf(value) }]);
  }
  const callee = spanOf(call.callee);
  const driver: Site['driver'] = { id: library.driver, kind: 'code', line: tree.lineOf(call) };
  return args.flatMap(({ value, when }) => {
    const all: readonly Given[] = hidesRest ? [{ string: 'hidden', options: undefined }] : library.read(value, look, name);
    const reads = value.map((argument) => variableRead(argument.value, look)).find((read) => read !== undefined);
    return all.flatMap((given) => siteOf(given, { when, driver, span: callee, reads: all.length === 1 ? reads : undefined, crossings: evaluator.crossings.slice(met) }, evaluator, seen));
  });
}

/** Objects that configure a library and are given to no call that is known: a knexfile, a factory of Nest's. */
function sitesOfObjects(tree: Tree, evaluator: Evaluator, look: Look, seen: Seen): readonly Site[] {
  return shapedObjects(tree).flatMap((shaped) => {
    const { node, shape } = shaped;
    if (isRead(node, seen.entries)) return [];
    const driver = evidenceAt(shaped, tree);
    const first = node.properties[0] ?? node;
    const met = evaluator.crossings.length;
    return evaluator.branches(usedAt(node, tree)).flatMap(({ value, when }) =>
      (isShaped(value, shape) ? shape.read(value, look) : []).flatMap((given) => siteOf(given, { when, driver, span: spanOf(first), reads: variableRead(value, look), crossings: evaluator.crossings.slice(met) }, evaluator, seen)),
    );
  });
}

function lookOf(tree: Tree, evaluator: Evaluator, joined: JoinedTexts): Look {
  const sourceOf: Look['sourceOf'] = ({ span }) => (span.end <= tree.source.length ? tree.source : wholeSource(tree.source, joined.texts)).slice(span.start, span.end);
  return { textOf: (value) => evaluator.textOf(value), sourceOf, isAboutPostgres: isAboutPostgres(tree.source) };
}

/** What has been read: literals, and the places of properties. */
interface Seen {
  readonly literals: Set<Node>;
  readonly entries: Set<number>;
}

/** What is known of a site besides what it is given. */
interface Around extends Pick<Site, 'span' | 'driver'> {
  readonly when: readonly Condition[];
  readonly reads: string | undefined;
  readonly crossings: readonly Crossing[];
}

function siteOf({ string: given, options }: Given, { when, driver, span, reads, crossings }: Around, evaluator: Evaluator, seen: Seen): readonly Site[] {
  // Of `new URL(process.env.DATABASE_URL).href` nothing is seen.
  const string = typeof given === 'object' && given?.text === HOLE ? 'hidden' : given;
  const text = string === null || string === 'hidden' ? undefined : string;
  if (text !== undefined) for (const origin of evaluator.originsOf(text)) seen.literals.add(origin);
  noteEntries(options, seen.entries);
  const found = { ...site({ string, options, span: text?.span ?? span, driver, when }), ...(crossings.length > 0 && { crossings }) };
  return when.some(({ loopback }) => loopback) ? [] : [string === 'hidden' && reads !== undefined ? { ...found, reads } : found];
}

/** Properties that hold connection strings. */
const HOLDS_STRING = /^(?:connection(?:String|Uri)?|(?:database|client|datasource)?_?url|uri|dsn|config|dbCredentials|extra|db)$/i;

/** `env.DATABASE_URL`, `config.get('DATABASE_URL')`: an object that is made of the environment elsewhere has its names. */
const CALLED_VARIABLE = /(?:\.|\[['"]|\b[gG]et(?:OrThrow)?(?:<[^<>]{0,100}>)?\(['"])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:['"][\])])?!?$/;

/** The environment variable that gives a call its connection string; `undefined` for none, and for more than one. */
function variableRead(value: Value, look: Look): string | undefined {
  const names = new Set<string>();
  const add = (at: Value, depth: number): void => {
    if (at.kind === 'hidden' && at.is === undefined) {
      const name = at.name ?? CALLED_VARIABLE.exec(look.sourceOf(at).slice(-300))?.[1];
      if (name !== undefined) names.add(name);
    } else if (at.kind === 'object' && depth < 3) {
      for (const each of at.entries) if (HOLDS_STRING.test(each.name)) add(each.value, depth + 1);
    }
  };
  add(value, 0);
  const [name, ...more] = names;
  return more.length === 0 ? name : undefined;
}

function site({ string, options, span, driver, when }: Pick<Site, 'string' | 'options' | 'span' | 'driver'> & { when: readonly Condition[] }): Site {
  const form = formOf(string);
  const tests = when.flatMap(({ tests: asked, holds }) => (asked === undefined ? [] : [{ ...asked, holds }]));
  return { form, key: null, span, string, members: [], environment: [], options, driver, hints: [], condition: describe(when), ...(tests.length > 0 && { tests }), unparsed: false, ecosystem: 'npm' };
}

function formOf(string: MappedText | 'hidden' | null): Form {
  if (string === null) return 'options';
  return string === 'hidden' ? 'url' : (parseString(string.text)?.form ?? 'url');
}

/** The one driver that the file loads; with several, none of them is sure to get a string. A wrapper with its own driver is no second one. */
function onlyDriver(tree: Tree): Site['driver'] {
  const lines = new Map<DriverId, number>();
  for (const node of tree.visits.keys()) {
    const module = loadedBy(node);
    const library = module === undefined ? undefined : libraryOf(module);
    if (library !== undefined && !lines.has(library.driver)) lines.set(library.driver, tree.lineOf(node));
  }
  const [first, ...more] = [...lines].filter(([id], _, all) => !all.some(([other]) => driverOf(id)?.sameAs === other));
  return first === undefined || more.length > 0 ? null : { id: first[0], kind: 'code', line: first[1] };
}

/** Variables that say where a connection goes or how it is protected: with one of them a file describes a connection of its own. */
const DESCRIBES = /^PG(?:HOST|SSL|SERVICE|REQUIRESSL|CHANNELBINDING)/;

function loneGroup(environment: readonly Setting[], driver: Site['driver']): readonly Site[] {
  const first = environment.find(({ name }) => DESCRIBES.test(name));
  return first === undefined ? [] : [{ ...site({ string: null, options: undefined, span: first.span, driver, when: [] }), form: 'group' }];
}

