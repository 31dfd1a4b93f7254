import { DRIVERS, type Driver, MODES } from '../../packages/core/src/index.ts';
import { code, table } from './markdown.ts';
import { type Case, type StringForm, footnotes, formOf, inEnvironment, inOptions, inString, newest, outcome, verdictOf } from './written.ts';

interface Column {
  readonly driver: Driver;
  readonly version: string;
  readonly title: string;
}

/** A line of the comparison: what is written, as each form has it; `null` where a form cannot say it. */
interface Line {
  readonly written: string;
  for(form: StringForm): Case;
}

const parameters = (...pairs: readonly (readonly [string, string])[]): Line => ({
  written: inString('url', ...pairs).written,
  for: (form) => inString(form, ...pairs),
});
const variable = (name: string, value: string): Line => ({
  written: code(`${name}=${value}`),
  for: (form) => inEnvironment(inString(form), name, value),
});

const LINES: readonly Line[] = [
  parameters(),
  ...MODES.map((mode) => parameters(['sslmode', mode])),
  parameters(['sslmode', 'no-verify']),
  parameters(['sslmode', 'verify']),
  parameters(['ssl', 'true']),
  parameters(['ssl', 'false']),
  parameters(['sslmode', 'require'], ['sslrootcert', '/etc/ssl/ca.pem']),
  parameters(['sslmode', 'verify-full'], ['sslrootcert', '/etc/ssl/ca.pem']),
  parameters(['sslmode', 'verify-full'], ['sslrootcert', 'system']),
  parameters(['sslmode', 'verify-full'], ['channel_binding', 'require']),
  variable('PGSSLMODE', 'disable'),
  variable('PGSSLMODE', 'require'),
  variable('PGSSLMODE', 'verify-full'),
];

function columns(): readonly Column[] {
  return DRIVERS.filter((driver) => driver.sameAs === undefined && formOf(driver) !== null).flatMap((driver) => {
    const current = newest(driver);
    const announced = driver.versions.filter(({ released }) => !released);
    return [
      { driver, version: current, title: `[${driver.title} ${current}](${driver.id}.md)` },
      ...announced.map(({ label }) => ({ driver, version: label, title: `[${driver.title} ${label}, announced](${driver.id}.md)` })),
    ];
  });
}

/** Who reads which table: that of a language. What no registry of packages has stands in the last one. */
const LANGUAGES: readonly (readonly [title: string, isOf: (driver: Driver) => boolean])[] = [
  ['JavaScript and TypeScript', ({ packages, forms }) => packages.npm !== undefined || forms.includes('options')],
  ['Python', ({ packages }) => packages.pypi !== undefined],
  ['Java and Kotlin', ({ packages }) => packages.maven !== undefined],
  ['.NET', ({ packages }) => packages.nuget !== undefined],
  ['Go', ({ packages }) => packages.go !== undefined],
  ['Rust', ({ packages }) => packages.cargo !== undefined],
  ['Elixir', ({ packages }) => packages.hex !== undefined],
  ['ODBC, and a pooler before its server', () => true],
];

/** THE comparison: a table a language; rows are what is written, columns what each driver makes of it, libpq's own first. What differs from that is bold. */
export function comparison(): string {
  const [ofLibpq, ...all] = columns();
  if (ofLibpq === undefined) throw new Error('there is no driver');
  const tables = LANGUAGES.flatMap((language) => {
    const [title] = language;
    const own = all.filter(({ driver }) => LANGUAGES.find(([, isOf]) => isOf(driver)) === language);
    return own.length === 0 ? [] : [`### ${title}\n\n${tableOf([ofLibpq, ...own])}`];
  });
  const text = tables.join('\n');
  return `${text}${footnotes(text)}`;
}

/** Those that have no column: they do what the driver under them does, with what they hand on to it. */
export function upon(): string {
  const bases = DRIVERS.filter(({ id }) => DRIVERS.some(({ sameAs }) => sameAs === id));
  const row = ({ id, title }: Driver): string[] => [
    `[${title}](${id}.md)`,
    DRIVERS.filter(({ sameAs }) => sameAs === id).map((driver) => `[${driver.title}](${driver.id}.md)`).join(', '),
  ];
  return table(['driver', 'upon it'], bases.map(row));
}

function tableOf(all: readonly Column[]): string {
  const rows = LINES.map((line) => {
    const cells = all.map(({ driver, version }) => outcome(verdictOf(driver, version, line.for(formOf(driver) ?? 'url'))));
    return [line.written, ...cells.map((text) => (same(text, cells[0]) ? text : `**${text}**`))];
  });
  return table(['written', ...all.map(({ title }) => title)], rows);
}

function same(a: string, b: string | undefined): boolean {
  return a.split(' ')[0] === b?.split(' ')[0];
}

/** The options objects of JavaScript. */
export function optionsComparison(): string {
  const all = DRIVERS.filter(({ samples, packages, sameAs }) => sameAs === undefined && packages.npm !== undefined && Object.hasOwn(samples.options, 'ssl'));
  const objects: readonly Readonly<Record<string, unknown>>[] = [
    {},
    { ssl: false },
    { ssl: true },
    { ssl: {} },
    { ssl: 'prefer' },
    { ssl: 'require' },
    { ssl: 'verify-full' },
    { ssl: 'no-verify' },
    { ssl: { rejectUnauthorized: false } },
    { sslmode: 'verify-full' },
  ];
  const rows = objects.map((object) => {
    const written = inOptions(null, object);
    const nothing = Object.keys(object).length === 0;
    return [nothing ? 'nothing' : written.written, ...all.map((driver) => outcome(verdictOf(driver, newest(driver), written)))];
  });
  return table(['written', ...all.map((driver) => `[${driver.title} ${newest(driver)}](${driver.id}.md)`)], rows);
}

/** The front page's table: one variable, many meanings. In words, since nobody there knows our terms yet. */
export function frontPage(): string {
  const wanted = ['node-postgres', 'node-postgres@announced', 'postgres.js', 'libpq'];
  const all = wanted.flatMap((name) => columns().filter(({ driver, version }) => name === (version === newest(driver) ? driver.id : `${driver.id}@announced`)));
  const lines = [parameters(), ...['prefer', 'require', 'verify-full', 'no-verify'].map((mode) => parameters(['sslmode', mode])), variable('PGSSLMODE', 'require')];
  const rows = lines.map((line) => [line.written, ...all.map(({ driver, version }) => inWords(verdictOf(driver, version, line.for('url')).effective))]);
  const titles = all.map(({ driver, version }) => `${driver.title} ${version}${version === newest(driver) ? '' : ' (announced)'}`);
  return table(['', ...titles], rows);
}

function inWords(effective: string): string {
  switch (effective) {
    case 'disable':
      return '**plaintext**';
    case 'allow':
    case 'prefer':
      return '**plaintext if TLS is refused**';
    case 'require':
      return '**unverified**';
    case 'error':
      return 'refuses';
    default:
      return effective === 'verify-full' ? 'verified' : 'chain verified';
  }
}
