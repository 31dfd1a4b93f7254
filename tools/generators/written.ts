import { type Driver, type ExplainInput, MODES, type Mode, type Verdict, explain } from '../../packages/core/src/index.ts';
import { code } from './markdown.ts';

/** Something that a user may write, and what it is as a question to the model. */
export interface Case {
  /** Markdown. */
  readonly written: string;
  readonly input: Omit<ExplainInput, 'driver'>;
}

export type Parameters = readonly (readonly [name: string, value: string])[];
export type StringForm = 'url' | 'keyword-value' | 'jdbc' | 'ado' | 'odbc' | 'pgbouncer' | 'r2dbc' | 'sqlalchemy';

/** The form in which a driver's page writes strings: the first of these that it takes; `null` for one that takes none. */
export function formOf({ id, forms }: Driver): StringForm | null {
  // They take a file's section, whose lines are written here as one.
  if (id === 'psqlodbc') return 'odbc';
  if (id === 'pgbouncer') return 'pgbouncer';
  if (id === 'r2dbc-postgresql') return 'r2dbc';
  if (id === 'sqlalchemy') return 'sqlalchemy';
  return (['url', 'jdbc', 'ado', 'keyword-value'] as const).find((form) => forms.includes(form)) ?? null;
}

/** Those of libpq's six modes that a driver knows. */
export function modesOf(driver: Driver): readonly Mode[] {
  const { sslmode = [] } = driver.samples.string;
  return MODES.filter((mode) => sslmode.includes(mode) || sslmode.includes(ADO_MODES[mode] ?? mode));
}

/** These parameters in a connection string, to a host that is nobody's. */
export function inString(form: StringForm, ...parameters: Parameters): Case {
  const pairs = (form === 'ado' ? parameters.map(inAdo) : form === 'pgbouncer' ? parameters.map(inPgbouncer) : parameters).map((pair) => pair.join('='));
  const query = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  const written = (text: string): string => (pairs.length === 0 ? 'nothing' : code(text));
  switch (form) {
    case 'url':
      return { written: written(query), input: { string: `postgres://app@db.example.com/app${query}` } };
    case 'sqlalchemy':
      return { written: written(query), input: { string: `postgresql://app@db.example.com/app${query}` } };
    case 'r2dbc':
      return { written: written(query), input: { string: `r2dbc:postgresql://app@db.example.com/app${query}` } };
    case 'jdbc':
      return { written: written(query), input: { string: `jdbc:postgresql://db.example.com/app${query}` } };
    case 'keyword-value':
    case 'pgbouncer':
      return { written: written(pairs.join(' ')), input: { string: ['host=db.example.com', 'user=app', 'dbname=app', ...pairs].join(' ') } };
    case 'odbc':
      return { written: written(pairs.join(';')), input: { string: ['Servername=db.example.com', 'Username=app', 'Database=app', ...pairs].join(';') } };
    case 'ado':
      return { written: written(pairs.join(';')), input: { string: ['Host=db.example.com', 'Username=app', 'Database=app', ...pairs].join(';') } };
  }
}

const ADO_NAMES: Readonly<Record<string, string>> = {
  sslmode: 'SSL Mode',
  sslrootcert: 'Root Certificate',
  sslnegotiation: 'SSL Negotiation',
  channel_binding: 'Channel Binding',
};
const ADO_MODES: Readonly<Record<string, string>> = {
  disable: 'Disable',
  allow: 'Allow',
  prefer: 'Prefer',
  require: 'Require',
  'verify-ca': 'VerifyCA',
  'verify-full': 'VerifyFull',
};

function inAdo([name, value]: readonly [name: string, value: string]): readonly [name: string, value: string] {
  return [ADO_NAMES[name] ?? name, name === 'sslmode' ? (ADO_MODES[value] ?? value) : value];
}

function inPgbouncer([name, value]: readonly [name: string, value: string]): readonly [name: string, value: string] {
  return [{ sslmode: 'server_tls_sslmode', sslrootcert: 'server_tls_ca_file' }[name] ?? name, value];
}

/** Adds a variable of the environment. */
export function inEnvironment(base: Case, name: string, value: string): Case {
  const written = base.written === 'nothing' ? code(`${name}=${value}`) : `${base.written} and ${code(`${name}=${value}`)}`;
  return { written, input: { ...base.input, env: { ...base.input.env, [name]: value } } };
}

/** Adds an options object. */
export function inOptions(base: Case | null, options: Readonly<Record<string, unknown>>): Case {
  const text = code(inspect(options).slice(2, -2));
  if (base === null) return { written: text, input: { options: { host: 'db.example.com', ...options } } };
  return { written: base.written === 'nothing' ? text : `${base.written} and ${text}`, input: { ...base.input, options } };
}

/** A value as a programmer writes it in JavaScript. */
function inspect(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Object.keys(value).length === 0) return '{}';
  return `{ ${Object.entries(value).map(([name, inner]) => `${name}: ${inspect(inner)}`).join(', ')} }`;
}

/** What the model says of one driver at one version. */
export function verdictOf(driver: Driver, version: string, { input }: Case): Verdict {
  const [verdict] = explain({ ...input, driver: `${driver.id}@${version}` });
  if (verdict === undefined) throw new Error(`no verdict of ${driver.id}@${version}`);
  return verdict;
}

/** The version that counts where nothing tells another. */
export function newest({ versions }: Driver): string {
  return versions.findLast(({ released }) => released)?.label ?? '';
}

/** What a verdict comes to, for a table's cell. */
export function outcome({ effective, weakest, strongest, needs, mitigations }: Verdict): string {
  if (effective === 'error') return 'refuses';
  const mode = effective === 'unknown' ? `${weakest} … ${strongest}` : effective;
  const marks = [needs.includes('root-certificate') ? '¹' : '', mitigations.includes('channel-binding') ? '²' : ''].filter(Boolean);
  return [mode, ...marks].join(' ');
}

/** What the marks of {@link outcome} say, those that some cell has. */
export function footnotes(table: string): string {
  const lines = [
    ['¹', 'The root certificate file must be there; without it there is no connection.'],
    ['²', "Channel binding is enforced: an impostor without the password's verifier cannot complete the login."],
  ] as const;
  const used = lines.filter(([mark]) => table.includes(` ${mark}`)).map(([mark, text]) => `${mark} ${text}\n`);
  return used.length === 0 ? '' : `\n${used.join('\n')}`;
}
