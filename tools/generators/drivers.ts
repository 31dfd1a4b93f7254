import { DRIVERS, type Driver, type Verdict } from '../../packages/core/src/index.ts';
import { GENERATED, code, table } from './markdown.ts';
import type { Measurements } from './measured.ts';
import { type Case, type StringForm, footnotes, formOf, inEnvironment, inOptions, inString, modesOf, newest, outcome, verdictOf } from './written.ts';

/** A table of a driver's page. */
interface Section {
  readonly title: string;
  readonly cases: readonly Case[];
}

/** A file that a root certificate may lie in. */
const ROOT = '/etc/ssl/ca.pem';

/** docs/drivers/<id>.md: what the driver's own model says of everything that it documents. */
function driverPage(driver: Driver, measurements: Measurements): string {
  const sections = sectionsOf(driver);
  const groups = alikeVersions(driver, sections);
  const body = sections.map(({ title, cases }) => {
    const rows = cases.map((written) => row(driver, groups, written, measurements));
    const text = table(['written', ...groups.map(({ title: version }) => version), 'why', 'from'], rows);
    return `## ${title}\n\n${text}${footnotes(text)}`;
  });
  return `${GENERATED}# ${driver.title}\n\n${introduction(driver, groups, measurements)}\n${body.join('\n')}`;
}

function introduction(driver: Driver, groups: readonly VersionGroup[], measurements: Measurements): string {
  const names = Object.entries(driver.packages).flatMap(([ecosystem, packages]) => packages.map((name) => `${code(name)} (${ecosystem})`));
  const announced = driver.versions.filter(({ released }) => !released).map(({ label }) => label);
  const measured = groups.flatMap(({ labels }) => labels.flatMap((label) => measurements.versions(driver.id, label)));
  const facts = [
    `Id: ${code(driver.id)}.`,
    ...(driver.sameAs === undefined ? [] : [`Over [${driver.sameAs}](${driver.sameAs}.md): this page is about where settings stand and which of them arrive there.`]),
    ...(names.length === 0 ? [] : [`Packages: ${names.join(', ')}.`]),
    `Versions told apart: ${driver.versions.map(({ label }) => label).join(', ')}${announced.length === 0 ? '' : ` (${announced.join(', ')} is announced, and modelled as announced)`}.`,
  ];
  return [
    `${facts.join(' ')}\n`,
    '\nEach cell is the effective mode: the libpq mode whose protection the driver really gives with what is written, see',
    '\n[how it judges](../how-it-judges.md). *refuses*: it does not connect. The host is a name in public DNS, reached over TCP.',
    `\n*Why* speaks of version ${newest(driver)}; *from* is the source or documentation that says so.\n`,
    measured.length === 0
      ? '\nRead from these sources, not measured.\n'
      : `\n✓: measured against real servers and impostors, with ${measured.join(', ')} ([test/lab](../../test/lab)). The rest is read from these sources.\n`,
  ].join('');
}

function row(driver: Driver, groups: readonly VersionGroup[], written: Case, measurements: Measurements): string[] {
  const verdict = verdictOf(driver, newest(driver), written);
  const cells = groups.map(({ labels }) => {
    const ofLabels = labels.map((label) => ({ label, found: verdictOf(driver, label, written) }));
    const measured = ofLabels.some(({ label, found }) => agrees(measurements.effective(driver.id, label, written.input), found));
    const [first] = ofLabels;
    return first === undefined ? '' : `**${outcome(first.found)}**${measured ? ' ✓' : ''}`;
  });
  const why = [...new Set(verdict.reasons), ...verdict.ignored.map(({ setting, why: reason }) => `${setting}: ${reason}`)].join('; ');
  return [written.written, ...cells, why, verdict.sources[0] ?? ''];
}

/** The lab has no root certificate in the default place unless a cell says so: where one is needed, it measured a refusal. */
function agrees(measured: readonly string[], { effective, weakest, strongest, needs }: Verdict): boolean {
  if (effective === 'unknown') return measured.includes(weakest) && measured.includes(strongest);
  return measured.includes(effective) || (measured.includes('error') && needs.includes('root-certificate'));
}

interface VersionGroup {
  readonly labels: readonly string[];
  /** "13 – 18" */
  readonly title: string;
}

/** Neighbouring versions that differ nowhere on the page share a column. */
function alikeVersions(driver: Driver, sections: readonly Section[]): readonly VersionGroup[] {
  const cases = sections.flatMap((section) => section.cases);
  const columns = driver.versions.map(({ label, released }) => ({
    label: released ? label : `${label} (announced)`,
    version: label,
    released,
    outcomes: cases.map((written) => outcome(verdictOf(driver, label, written))).join('\n'),
  }));
  const groups: { titles: string[]; labels: string[]; outcomes: string; released: boolean }[] = [];
  for (const { label, version, outcomes, released } of columns) {
    const group = groups.at(-1);
    if (group?.outcomes === outcomes && group.released === released) {
      group.titles.push(label);
      group.labels.push(version);
    } else {
      groups.push({ titles: [label], labels: [version], outcomes, released });
    }
  }
  return groups.map(({ titles, labels }) => ({ labels, title: [...new Set([titles[0], titles.at(-1)])].join(' – ') }));
}

/** All rows of a driver's page. */
export function rowsOf(driver: Driver): readonly Case[] {
  return sectionsOf(driver).flatMap(({ cases }) => cases);
}

function sectionsOf(driver: Driver): readonly Section[] {
  const form = formOf(driver);
  const strings = form === null ? [] : [...stringSections(driver, form), ...defaultRootSections(driver, form)];
  return [...strings, environmentSection(driver, form), optionsSection(driver), precedenceSection(driver, form)].filter(({ cases }) => cases.length > 0);
}

function stringSections(driver: Driver, form: StringForm): Section[] {
  const { sslmode = [], sslrootcert, ...rest } = driver.samples.string;
  const modes = modesOf(driver);
  const withRoot = (root: string): Case[] => [inString(form, ['sslrootcert', root]), ...modes.map((mode) => inString(form, ['sslmode', mode], ['sslrootcert', root]))];
  const others = Object.entries(rest).flatMap(([name, values]) => values.filter(Boolean).flatMap((value) => effectsOf(driver, form, [name, value])));
  const roots = sslrootcert === undefined ? [] : [...withRoot(ROOT), ...(sslrootcert.includes('system') ? withRoot('system') : [inString(form, ['sslmode', 'verify-full'], ['sslrootcert', 'system'])])];
  return [
    { title: 'In the connection string', cases: [inString(form), ...sslmode.filter(Boolean).map((mode) => inString(form, ['sslmode', mode]))] },
    { title: 'Other parameters', cases: others },
    { title: 'With a root certificate', cases: roots },
  ];
}

/** A parameter alone and beside `verify-full`: where it makes a difference; alone where it makes none. */
function effectsOf(driver: Driver, form: StringForm, parameter: readonly [string, string]): Case[] {
  const all = (written: Case): string => driver.versions.map(({ label }) => outcome(verdictOf(driver, label, written))).join();
  const full = ['sslmode', 'verify-full'] as const;
  const alone = inString(form, parameter);
  const beside = inString(form, full, parameter);
  const differs = [
    ...(all(alone) === all(inString(form)) ? [] : [alone]),
    ...(parameter[0] === 'ssl' || all(beside) === all(inString(form, full)) ? [] : [beside]),
  ];
  return differs.length === 0 ? [alone] : differs;
}

/** What the file in the driver's default place makes of it; only for drivers to which it makes a difference. */
function defaultRootSections(driver: Driver, form: StringForm): Section[] {
  const modes = modesOf(driver);
  const sections = (['present', 'absent'] as const).map((rootCertificate) => ({
    title: rootCertificate === 'present' ? 'With a root certificate file in the default place' : 'Without a root certificate file in the default place',
    cases: modes.map((mode): Case => {
      const { written, input } = inString(form, ['sslmode', mode]);
      return { written, input: { ...input, rootCertificate } };
    }),
  }));
  const outcomes = sections.map(({ cases }) => cases.map((written) => verdictOf(driver, newest(driver), written).effective).join());
  return new Set(outcomes).size === 1 ? [] : sections;
}

function environmentSection(driver: Driver, form: StringForm | null): Section {
  const nothing: Case = form === null ? { written: 'nothing', input: { options: { host: 'db.example.com' } } } : inString(form);
  const cases = Object.entries(driver.samples.environment).flatMap(([name, values]) => values.filter(Boolean).map((value) => inEnvironment(nothing, name, value)));
  return { title: 'In the environment', cases };
}

function optionsSection(driver: Driver): Section {
  const cases = Object.entries(driver.samples.options).flatMap(([path, values]) =>
    values.filter((value) => value !== undefined).map((value) => inOptions(null, nested(path.split('.'), value))),
  );
  const unique = new Map(cases.map((written) => [written.written, written]));
  return { title: 'In the options object', cases: [...unique.values()] };
}

function nested([name = '', ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  return { [name]: rest.length === 0 ? value : nested(rest, value) };
}

/** The string against the options object, and both against the environment. */
function precedenceSection(driver: Driver, form: StringForm | null): Section {
  if (form === null) return { title: '', cases: [] };
  const off = inString(form, ['sslmode', 'disable']);
  const full = inString(form, ['sslmode', 'verify-full']);
  const unverified = { ssl: { rejectUnauthorized: false } };
  const { ssl = [] } = driver.samples.options;
  const nodes = ssl.some((value) => typeof value === 'object') ? [inOptions(full, unverified), inOptions(inString(form, ['sslmode', 'no-verify']), { ssl: true })] : [];
  const objects = ssl.length === 0 ? [] : [inOptions(off, { ssl: true }), inOptions(full, { ssl: false }), ...nodes];
  const [variable] = Object.entries(driver.samples.environment).find(([, values]) => values.includes('verify-full')) ?? [];
  const variables = variable === undefined ? [] : [inEnvironment(off, variable, 'verify-full'), inEnvironment(full, variable, 'disable')];
  const both = variable === undefined || objects.length === 0 ? [] : [inEnvironment(inOptions(null, { ssl: false }), variable, 'verify-full'), inEnvironment(inOptions(null, { ssl: true }), variable, 'disable')];
  return { title: 'Which one wins', cases: [...objects, ...variables, ...both] };
}

/** The pages, in the order of the ids. */
export function driverPages(measurements: Measurements): readonly (readonly [path: string, text: string])[] {
  return DRIVERS.map((driver) => [`docs/drivers/${driver.id}.md`, driverPage(driver, measurements)]);
}
