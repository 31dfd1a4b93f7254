import type { Driver, DriverInput } from '../drivers/driver.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import type { Span } from '../text.ts';
import { type Entry, type Value, valueOf } from '../value.ts';

/**
 * A connection as one driver is to see it, hidden parts and all. Drivers never meet a hidden value: what may stand
 * there is tried out on them, from the values that they document.
 */
export interface Veiled {
  /** Spans as offsets in its own text. */
  readonly string: ParsedString | null;
  /** From an offset in the string's text to the source. */
  readonly toSource: (span: Span) => Span;
  /** Settings of the same connection that stand beside the string, or without one: each says what a parameter would. Source spans. */
  readonly beside: readonly Setting[];
  /** There is a string, and nothing of it is known. */
  readonly stringHidden: boolean;
  readonly options: Value | undefined;
  readonly environment: readonly Setting[];
  readonly form: DriverInput['form'];
  readonly rootCertificate: 'present' | 'absent' | undefined;
}

/** What the hidden parts leave open. */
export interface Worlds {
  /** The hidden parts say nothing about TLS. */
  readonly silent: DriverInput;
  /** Every combination that is worth trying; just the silent one where nothing is hidden. */
  readonly all: readonly DriverInput[];
  /** A TLS setting is written whose value is hidden, so the silent world is not what is written. */
  readonly hidesSetting: boolean;
}

/** More combinations than this are cut: single hidden parts stay complete, and nobody hides five. */
const MOST = 2000;

const NO_ENVIRONMENT: DriverInput['environment'] = new Map();

type Assignment = ReadonlyMap<Setting, string | null>;

/** The worlds that one driver may live in. */
export function worldsOf(veiled: Veiled, driver: Driver): Worlds {
  const strings = stringWorlds(veiled, driver);
  const options = optionWorlds(veiled.options, driver);
  const environments = environmentWorlds(veiled.environment, driver);
  const base = { form: veiled.form, rootCertificate: veiled.rootCertificate };
  const input = (string: ParsedString | null, value: Value | undefined, environment: readonly Setting[]): DriverInput => ({
    ...base,
    string,
    options: value,
    environment: environment.length === 0 ? NO_ENVIRONMENT : new Map(environment.map((setting) => [setting.name, setting])),
  });
  const all: DriverInput[] = [];
  for (const string of strings.all) {
    for (const value of options.all) {
      for (const environment of environments.all) {
        if (all.length < MOST) all.push(input(string, value, environment));
      }
    }
  }
  return {
    silent: input(strings.silent, options.silent, environments.silent),
    all,
    hidesSetting: strings.hidesSetting || options.hidesSetting || environments.hidesSetting,
  };
}

interface Part<T> {
  readonly silent: T;
  readonly all: readonly T[];
  readonly hidesSetting: boolean;
}

function stringWorlds(veiled: Veiled, driver: Driver): Part<ParsedString | null> {
  const { samples } = driver;
  const { beside } = veiled;
  if (veiled.string === null && beside.length === 0 && !veiled.stringHidden) return { silent: null, all: [null], hidesSetting: false };
  const parsed = veiled.string ?? GROUP;
  const hidden = [...parsed.settings, ...beside].filter((setting) => setting.value === null && Object.hasOwn(samples.string, setting.name));
  // A service file (`service=`) holds parameters as well.
  const open = parsed.open || veiled.stringHidden || parsed.settings.some((setting) => setting.name === 'service');
  if (hidden.length === 0 && !open) {
    const silent = asWritten(parsed, veiled);
    return { silent, all: [silent], hidesSetting: false };
  }
  const assignments = hidden.reduce<readonly Assignment[]>(
    (sofar, setting) => sofar.flatMap((assignment) => (samples.string[setting.name] ?? []).map((value) => new Map(assignment).set(setting, value))).slice(0, MOST),
    [new Map()],
  );
  const added = open ? additionsTo(driver) : [[]];
  const without: Assignment = new Map(hidden.map((setting) => [setting, null]));
  return {
    silent: concrete(parsed, veiled, without, []),
    all: assignments.flatMap((assignment) => added.map((extra) => concrete(parsed, veiled, assignment, extra))),
    hidesSetting: hidden.length > 0,
  };
}

/** Parameters that may stand where we can't look. */
type Addition = readonly (readonly [name: string, value: string])[];

/** Each that this driver reads, by itself and, since Prisma checks a certificate only where both are there, beside `sslmode=require`. */
function additionsTo({ samples }: Driver): readonly Addition[] {
  const single = Object.entries(samples.string).flatMap(([name, values]) => values.map((value) => [name, value] as const));
  const beside = single.filter(([name]) => name !== 'sslmode').map((pair): Addition => [['sslmode', 'require'], pair]);
  return [[], ...single.map((pair): Addition => [pair]), ...('sslmode' in samples.string ? beside : [])];
}

/** What all drivers are given alike, by what it was made of. */
const written = new WeakMap<Veiled, ParsedString>();

/** The string of a connection of which nothing is hidden that a driver would ask for. */
function asWritten(parsed: ParsedString, veiled: Veiled): ParsedString {
  const known = written.get(veiled);
  if (known !== undefined) return known;
  const made = concrete(parsed, veiled, new Map(), []);
  written.set(veiled, made);
  return made;
}

/** A string of which nothing is known, or that is not there: what stands beside it is added to this. */
export const GROUP: ParsedString = { form: 'url', text: 'postgresql://hidden/hidden', scheme: 'postgresql', settings: [], problem: null, templates: [], open: false };

/** Where a connection goes and as whom: no matter for TLS, so it is not added to the text. */
const PLACES = ['host', 'hostaddr', 'port', 'user', 'password', 'dbname'];

/**
 * The string with its templates filled in: assigned settings with their value (`null`: removed), all others with a
 * digit, which is valid as a host, a port, a name and a password. Settings get their source spans.
 */
function concrete(parsed: ParsedString, { toSource, beside }: Veiled, assignment: Assignment, added: Addition): ParsedString {
  const edits: { span: Span; text: string }[] = [];
  for (const setting of parsed.settings) {
    const value = assignment.get(setting);
    if (value !== undefined) edits.push(value === null ? { span: setting.whole, text: '' } : { span: setting.span, text: encodeURIComponent(value) });
  }
  const { scheme } = parsed;
  const beginning = parsed.form === 'url' && scheme === null ? parsed.templates[0] : undefined;
  if (beginning !== undefined) edits.push(beginningFor(parsed.text, beginning));
  for (const span of parsed.templates) {
    if (!edits.some((edit) => edit.span.start <= span.start && span.end <= edit.span.end)) edits.push({ span, text: '1' });
  }
  const assigned = (setting: Setting): Setting | null => {
    const value = assignment.get(setting);
    return value === null ? null : { ...setting, value: value ?? setting.value };
  };
  const settings = parsed.settings.flatMap((setting): Setting[] => {
    const filled = assigned(setting);
    return filled === null ? [] : [{ ...filled, span: toSource(setting.span), whole: toSource(setting.whole) }];
  });
  let text = applyEdits(parsed.text, edits);
  const add = (setting: Setting): void => {
    settings.push(setting);
    if (setting.value === null || PLACES.includes(setting.name)) return;
    const [name, value] = [setting.name, setting.value].map(encodeURIComponent);
    text += `${{ 'keyword-value': ' ', ado: ';', url: text.includes('?') ? '&' : '?', jdbc: text.includes('?') ? '&' : '?' }[parsed.form]}${name ?? ''}=${value ?? ''}`;
  };
  for (const setting of beside) {
    const filled = assigned(setting);
    if (filled !== null) add(filled);
  }
  const span = toSource({ start: 0, end: parsed.text.length });
  for (const [name, value] of added) add({ name, key: name, value, place: 'string', span, whole: span });
  return { ...parsed, text, scheme: beginning === undefined ? scheme : GROUP.scheme, settings, templates: [], open: false };
}

/** A URL in the place of a template that stands for one, `${DATABASE_URL}?sslmode=require`, or for its scheme alone. */
function beginningFor(text: string, { start, end }: Span): { span: Span; text: string } {
  if (text.startsWith('://', end)) return { span: { start, end }, text: 'postgresql' };
  // What follows a URL that has parameters already begins with `&`.
  return text[end] === '&' ? { span: { start, end: end + 1 }, text: `${GROUP.text}?` } : { span: { start, end }, text: GROUP.text };
}

function applyEdits(text: string, edits: { span: Span; text: string }[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits.sort((a, b) => a.span.start - b.span.start)) {
    if (edit.span.start < at) continue;
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

function optionWorlds(options: Value | undefined, driver: Driver): Part<Value | undefined> {
  if (options === undefined) return { silent: undefined, all: [undefined], hidesSetting: false };
  // A wholly hidden argument may be any object.
  const object: Value = options.kind === 'hidden' ? { kind: 'object', entries: [], open: true, span: options.span } : options;
  let all: readonly Value[] = [object];
  let silent: Value = object;
  let hidesSetting = false;
  for (const [path, samples] of Object.entries(driver.samples.options)) {
    const steps = path.split('.');
    const state = stateAt(object, steps);
    if (state === 'known') continue;
    hidesSetting ||= state === 'hidden';
    silent = replaceAt(silent, steps, undefined);
    all = all.flatMap((value) => samples.map((sample) => replaceAt(value, steps, sample))).slice(0, MOST);
  }
  return { silent, all, hidesSetting };
}

/** `hidden`: written, its value is not known; `open`: perhaps there; `known`: written or surely not there. */
function stateAt(value: Value, steps: readonly string[]): 'hidden' | 'open' | 'known' {
  const [step, ...rest] = steps;
  if (step === undefined) return value.kind === 'hidden' ? 'hidden' : 'known';
  if (value.kind !== 'object') return 'known';
  const entry = value.entries.findLast((candidate) => candidate.name === step);
  if (entry !== undefined) return stateAt(entry.value, rest);
  return value.open && rest.length === 0 ? 'open' : 'known';
}

/** A sample of `undefined` leaves the property out: nobody wrote it. */
function replaceAt(value: Value, steps: readonly string[], sample: unknown): Value {
  const [step, ...rest] = steps;
  if (step === undefined || value.kind !== 'object') return value;
  const current = value.entries.findLast((entry) => entry.name === step);
  const others = value.entries.filter((entry) => entry.name !== step);
  if (rest.length > 0) {
    if (current === undefined) return value;
    return { ...value, entries: [...others, { ...current, value: replaceAt(current.value, rest, sample) }] };
  }
  if (sample === undefined) return { ...value, entries: others };
  const span = current?.span ?? value.span;
  const entry: Entry = { name: step, value: { ...valueOf(sample), span }, span };
  return { ...value, entries: [...others, entry] };
}

function environmentWorlds(environment: readonly Setting[], driver: Driver): Part<readonly Setting[]> {
  const hidden = environment.filter((setting) => setting.value === null && Object.hasOwn(driver.samples.environment, setting.name));
  const silent = environment.filter((setting) => !hidden.includes(setting));
  let all: readonly (readonly Setting[])[] = [silent];
  for (const setting of hidden) {
    const values = driver.samples.environment[setting.name] ?? [];
    all = all.flatMap((sofar) => [sofar, ...values.map((value) => [...sofar, { ...setting, value }])]).slice(0, MOST);
  }
  return { silent, all, hidesSetting: hidden.length > 0 };
}
