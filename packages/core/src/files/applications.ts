import { applicationsOfVariables, variablesOf, type Application, type Connection } from '../applications/index.ts';
import type { DriverId } from '../drivers/driver.ts';
import type { Setting } from '../settings/setting.ts';
import type { Site } from '../site.ts';
import { MappedTextBuilder, type MappedText } from '../text.ts';
import { isReference } from './expand.ts';
import { isPostgres, isWritten, wordsOf } from './group.ts';
import type { Variable } from './scope.ts';
import { findStrings } from './strings.ts';
import { visible } from './variables.ts';

/** What points to a driver: itself, or an application that has it inside. */
export type Hint = DriverId | Application;

/** The connections of applications in a scope, and the variables that say nothing else. */
export interface Applied {
  readonly sites: readonly Pick<Site, 'form' | 'key' | 'span' | 'string' | 'members' | 'application'>[];
  readonly taken: ReadonlySet<Variable>;
}

const NOTHING: Applied = { sites: [], taken: new Set() };

/** Finds them by the container's image, and by variables that nothing else reads. */
export function readApplications(variables: readonly Variable[], hints: readonly Hint[], servers: ReadonlyMap<string, 'postgres' | 'other'>): Applied {
  if (variables.length === 0) return NOTHING;
  const byName = new Map(variables.map((variable) => [variable.name.toUpperCase(), variable]));
  const applications = new Set([...hints.filter((hint) => typeof hint !== 'string'), ...applicationsOfVariables(byName)]);
  const sites: Applied['sites'][number][] = [];
  const taken = new Set<Variable>();
  for (const application of applications) {
    const readers = application.connections.map((connection, at) => new ConnectionReader(connection, { id: application.id, at }, byName, servers));
    const isOther = readers.some((reader) => reader.isOther());
    const found = isOther ? [] : readers.flatMap((reader) => reader.read());
    // Beside a string the parts are not read.
    const strings = found.filter(({ form }) => form !== 'group');
    sites.push(...(strings.length > 0 ? strings : found));
    if (found.length === 0 && !isOther) continue;
    for (const name of application.connections.flatMap(variablesOf)) {
      const variable = byName.get(name);
      if (variable !== undefined) taken.add(variable);
    }
  }
  return { sites, taken };
}

class ConnectionReader {
  readonly #connection: Connection;
  readonly #application: NonNullable<Site['application']>;
  readonly #byName: ReadonlyMap<string, Variable>;
  readonly #servers: ReadonlyMap<string, 'postgres' | 'other'>;

  constructor(connection: Connection, application: NonNullable<Site['application']>, byName: ReadonlyMap<string, Variable>, servers: ReadonlyMap<string, 'postgres' | 'other'>) {
    this.#connection = connection;
    this.#application = application;
    this.#byName = byName;
    this.#servers = servers;
  }

  read(): Applied['sites'] {
    const { string, parameters = {}, switches = {} } = this.#connection;
    const tls = [
      ...Object.entries(parameters).flatMap(([role, name]) => this.#setting(name, role)),
      ...Object.keys(switches).flatMap((name) => this.#setting(name, name)),
    ];
    const inString = string === undefined ? [] : this.#strings(string, tls);
    if (inString.length > 0) return inString;
    return this.#group(tls);
  }

  /** A variable that is set, or of which a file holds the value: `X_FILE` in most images, `X__FILE` in Grafana's and Gitea's. */
  #get(name: string): Variable | undefined {
    const key = name.toUpperCase();
    const own = this.#byName.get(key);
    if (own !== undefined) return isWritten(own.value) ? own : undefined;
    const file = this.#byName.get(`${key}_FILE`) ?? this.#byName.get(`${key}__FILE`);
    return file !== undefined && isWritten(file.value) ? { ...file, value: 'hidden' } : undefined;
  }

  #setting(variable: string, name: string): readonly Setting[] {
    const found = this.#get(variable);
    if (found === undefined) return [];
    // A file has something in it: of a certificate that is enough.
    const [sample, ...others] = this.#connection.switches?.[name] ?? [];
    const inFile = found.value === 'hidden' && found.name.toUpperCase() !== variable.toUpperCase() && others.length === 0 ? sample : undefined;
    return [{ name, key: variable, value: inFile ?? visible(found)?.trim() ?? null, place: 'environment', span: found.span, whole: found.whole }];
  }

  #strings(name: string, tls: readonly Setting[]): Applied['sites'] {
    const variable = this.#get(name);
    if (variable === undefined) return [];
    const base = { key: variable.path, members: tls, application: this.#application };
    const { value } = variable;
    if (value === 'hidden' || isReference(value.text)) return [{ ...base, form: 'url', span: variable.span, string: 'hidden' }];
    return findStrings(this.#withScheme(value)).map(({ form, text }) => ({ ...base, form, span: text.span, string: text }));
  }

  #withScheme(value: MappedText): MappedText {
    const { scheme } = this.#connection;
    if (scheme === undefined || value.text.includes('://')) return value;
    return new MappedTextBuilder().add(scheme, { start: value.span.start, end: value.span.start }, true).addPart(value, 0, value.text.length).build(value.span.start);
  }

  #group(tls: readonly Setting[]): Applied['sites'] {
    const { host: hostName, defaultHost } = this.#connection;
    const places = (['host', 'port', 'user', 'password', 'dbname'] as const).flatMap((role) => {
      const name = this.#connection[role];
      return name === undefined ? [] : this.#setting(name, role);
    });
    const host = hostName === undefined ? undefined : this.#get(hostName);
    // Of a part of the variables (a ConfigMap whose host is in a Secret) only what is said counts; where all others are here, the host is the application's own.
    const anchor = host ?? this.#get(tls[0]?.key ?? '');
    if (hostName === undefined || anchor === undefined) return [];
    const members = [...places.map((place) => ({ ...place, place: 'string' as const })), ...tls];
    const isWhole = ['user', 'password', 'dbname'].every((role) => places.some(({ name }) => name === role));
    const isLocal = defaultHost !== undefined && isWhole;
    return [{ form: 'group', key: anchor.path, span: anchor.span, string: host === undefined && !isLocal ? 'hidden' : null, members, application: this.#application }];
  }

  /** The application is told to use another database. */
  isOther(): boolean {
    const { dialect, host, port } = this.#connection;
    const text = (name: string | undefined): string | null => {
      const variable = name === undefined ? undefined : this.#get(name);
      return variable === undefined ? null : visible(variable);
    };
    const members = [{ role: 'dialect' as const, text: text(dialect) }, { role: 'host' as const, text: text(host) }, { role: 'port' as const, text: text(port) }].filter((member) => member.text !== null);
    // Kong without a database, Keycloak with the one that it has inside.
    if (/^(?:off|none|dev-\w+)$/i.test(text(dialect)?.trim() ?? '')) return true;
    return isPostgres(members, { words: wordsOf(host ?? ''), servers: this.#servers }) === false;
  }
}
