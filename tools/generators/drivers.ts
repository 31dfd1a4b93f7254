import { DRIVERS, type Driver, MODES } from '../../packages/core/src/index.ts';
import { GENERATED, code, table } from './markdown.ts';
import { type Case, NEEDS_ROOT, type StringForm, formOf, inEnvironment, inOptions, inString, newest, outcome, verdictOf } from './written.ts';

/** A table of a driver's page. */
interface Section {
  readonly title: string;
  readonly cases: readonly Case[];
}

/** A file that a root certificate may lie in. */
const ROOT = '/etc/ssl/ca.pem';

/** docs/drivers/<id>.md: what the driver's own model says of everything that it documents. */
export function driverPage(driver: Driver): string {
  const sections = sectionsOf(driver);
  const groups = alikeVersions(driver, sections);
  const body = sections.map(({ title, cases }) => {
    const rows = cases.map((written) => row(driver, groups, written));
    const footnote = rows.some((cells) => cells.some((text) => text.includes('¹'))) ? `\n${NEEDS_ROOT}\n` : '';
    return `## ${title}\n\n${table(['written', ...groups.map(({ title: version }) => version), 'why', 'from'], rows)}${footnote}`;
  });
  return `${GENERATED}# ${driver.title}\n\n${introduction(driver)}\n${body.join('\n')}`;
}

function introduction(driver: Driver): string {
  const names = Object.entries(driver.packages).flatMap(([ecosystem, packages]) => packages.map((name) => `${code(name)} (${ecosystem})`));
  const announced = driver.versions.filter(({ released }) => !released).map(({ label }) => label);
  const facts = [
    `Id: ${code(driver.id)}.`,
    ...(names.length === 0 ? [] : [`Packages: ${names.join(', ')}.`]),
    `Versions told apart: ${driver.versions.map(({ label }) => label).join(', ')}${announced.length === 0 ? '' : ` (${announced.join(', ')} is announced, and modelled as announced)`}.`,
  ];
  return [
    `${facts.join(' ')}\n`,
    '\nEach cell is the effective mode: the libpq mode whose protection the driver really gives with what is written, see',
    '\n[how it judges](../how-it-judges.md). *refuses*: it does not connect. The host is a name in public DNS, reached over TCP.',
    '\n*From* is where the driver\'s source, or its documentation, says so.\n',
  ].join('');
}

function row(driver: Driver, groups: readonly VersionGroup[], written: Case): string[] {
  const verdict = verdictOf(driver, newest(driver), written);
  const cells = groups.map(({ label }) => outcome(verdictOf(driver, label, written)));
  const why = [...new Set(verdict.reasons), ...verdict.ignored.map(({ setting, why: reason }) => `${setting}: ${reason}`)].join('; ');
  const source = verdict.sources[0] ?? '';
  return [written.written, ...cells.map((text) => `**${text}**`), why, source];
}

interface VersionGroup {
  /** A version that stands for all of them. */
  readonly label: string;
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
  const groups: { first: string; last: string; version: string; outcomes: string; released: boolean }[] = [];
  for (const { label, version, outcomes, released } of columns) {
    const group = groups.at(-1);
    if (group?.outcomes === outcomes && group.released === released) group.last = label;
    else groups.push({ first: label, last: label, version, outcomes, released });
  }
  return groups.map(({ first, last, version }) => ({ label: version, title: first === last ? first : `${first} – ${last}` }));
}

function sectionsOf(driver: Driver): readonly Section[] {
  const form = formOf(driver);
  const strings = form === null ? [] : [...stringSections(driver, form), ...defaultRootSections(driver, form)];
  return [...strings, environmentSection(driver, form), optionsSection(driver), precedenceSection(driver, form)].filter(({ cases }) => cases.length > 0);
}

function stringSections(driver: Driver, form: StringForm): Section[] {
  const { sslmode = [], sslrootcert, ...rest } = driver.samples.string;
  const modes = MODES.filter((mode) => sslmode.includes(mode));
  const roots = sslrootcert === undefined ? [] : [ROOT, 'system'];
  return [
    { title: 'In the connection string', cases: [inString(form), ...sslmode.filter(Boolean).map((mode) => inString(form, ['sslmode', mode]))] },
    { title: 'Other parameters', cases: Object.entries(rest).flatMap(([name, values]) => values.filter(Boolean).map((value) => inString(form, [name, value]))) },
    {
      title: 'With a root certificate',
      cases: roots.flatMap((root) => [inString(form, ['sslrootcert', root]), ...modes.map((mode) => inString(form, ['sslmode', mode], ['sslrootcert', root]))]),
    },
  ];
}

/** What the file in the driver's default place makes of it; only for drivers to which it makes a difference. */
function defaultRootSections(driver: Driver, form: StringForm): Section[] {
  const { sslmode = [] } = driver.samples.string;
  const modes = MODES.filter((mode) => sslmode.includes(mode));
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
  const objects = Object.hasOwn(driver.samples.options, 'ssl')
    ? [inOptions(off, { ssl: true }), inOptions(full, { ssl: false }), inOptions(full, unverified), inOptions(inString(form, ['sslmode', 'no-verify']), { ssl: true })]
    : [];
  const [variable] = Object.entries(driver.samples.environment).find(([, values]) => values.includes('verify-full')) ?? [];
  const variables = variable === undefined ? [] : [inEnvironment(off, variable, 'verify-full'), inEnvironment(full, variable, 'disable')];
  const both = variable === undefined || objects.length === 0 ? [] : [inEnvironment(inOptions(null, { ssl: false }), variable, 'verify-full'), inEnvironment(inOptions(null, { ssl: true }), variable, 'disable')];
  return { title: 'Which one wins', cases: [...objects, ...variables, ...both] };
}

/** The pages, in the order of the ids. */
export function driverPages(): readonly (readonly [path: string, text: string])[] {
  return DRIVERS.map((driver) => [`docs/drivers/${driver.id}.md`, driverPage(driver)]);
}
