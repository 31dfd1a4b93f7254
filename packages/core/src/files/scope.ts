import type { DriverId } from '../drivers/driver.ts';
import type { Setting } from '../settings/setting.ts';
import type { Bypass, Site } from '../site.ts';
import type { MappedText, Span } from '../text.ts';
import { readApplications, type Applied, type Hint } from './applications.ts';
import { isReference } from './expand.ts';
import { variableReadBy } from './reference.ts';
import { isDriverVariable, isPostgres, isTlsVariable, isWritten, kindOfWords, MODE_WORD, namesDatabaseString, roleOf, wordsOf, type Role } from './group.ts';
import { hintsOfDialect, hintsOfName, inOrder } from './hints.ts';
import { baseOf, poolProperties } from './pool-properties.ts';
import { findStrings } from './strings.ts';
import { visible } from './variables.ts';

/** A name with its value, as a file gives it: a variable, an entry of a map, an item of a list (then without a name). */
export interface Variable {
  readonly name: string;
  /** Path of its key in the file. */
  readonly path: string;
  /** `hidden` where something else gives the value: a Secret, the environment of the shell. */
  readonly value: MappedText | 'hidden';
  /** The value before defaults were filled in, where there were any. */
  readonly unfilled?: MappedText;
  /** The raw value, without its quotes; the reference where it is hidden. */
  readonly span: Span;
  /** All that has to go when it goes. */
  readonly whole: Span;
  /** It is written elsewhere and only counts here too: merged, or an alias. */
  readonly shared?: boolean;
}

/** Variables that stand together, so that those which belong together are one connection. */
export interface Scope {
  /** In source order. Of several with one name the last counts. */
  readonly variables: readonly Variable[];
  /** Variables of the scopes around that are in force here too. */
  readonly inherited: readonly Variable[];
  /** Variables that files named by the container bring: they stand with its own, which win. */
  readonly included?: readonly Variable[];
  /** The container names a file that cannot be read: where it does so. Settings that are not written may stand there. */
  readonly unread?: Span | null;
  /** Path of the scope. */
  readonly path: string;
  /** Bare names such as `host` and `user` are a connection too: in a map, not among environment variables. */
  readonly bareNames: boolean;
  /** Drivers and applications that what is around points to. */
  readonly hints: readonly Hint[];
  /** Names of services of the file whose image is a server, in lower case. */
  readonly servers: ReadonlyMap<string, 'postgres' | 'other'>;
  readonly unparsed: boolean;
  /** `${NAME}` is filled in by the program that reads this, from its environment: Spring's and Quarkus' configuration. */
  readonly fills?: boolean;
}

/** What was found in a scope. */
export interface ScopeReading {
  readonly sites: readonly Site[];
  readonly bypasses: readonly Bypass[];
}

/** Makes connections of the variables of one scope. */
export function readScope(scope: Scope): ScopeReading {
  const all = lastOfEachName([...(scope.included ?? []), ...scope.variables]);
  const { sites: applied, taken } = readApplications(all, scope.hints, scope.servers);
  const pooled = poolProperties(all);
  const beside = new Set([...taken, ...[...pooled.values()].flatMap((properties) => properties.map(({ variable }) => variable))]);
  const own = beside.size === 0 ? all : all.filter((variable) => !beside.has(variable));
  const names = new Set(all.map((variable) => variable.name));
  const inherited = lastOfEachName(scope.inherited).filter((variable) => !names.has(variable.name));
  const inForce = [...inherited, ...all];
  const tls = inForce.filter((variable) => isTlsVariable(variable.name) && isWritten(variable.value)).map(environmentSetting);
  const maker = new SiteMaker(scope, tls);

  const groups = own.length > 1 || scope.bareNames || own.some((variable) => roleOf(variable.name)?.role === 'sslmode') ? prefixGroups(scope, own) : [];
  const tlsMembers = scope.bareNames ? own.filter(isTlsMember).map((variable) => memberSetting(variable, roleOf(variable.name)?.role)) : [];
  const hasHost = groups.some((group) => group.host !== undefined);
  // Text that did not parse may hold both branches of a condition: each counts.
  const sites = [...applied.map((each) => maker.application(each)), ...(scope.unparsed ? scope.variables.filter((variable) => !beside.has(variable)) : own).flatMap((variable) => maker.strings(variable, [...(hasHost ? [] : tlsMembers), ...pooledWith(variable, pooled)]))];
  const claimed = sites.length > 0;
  for (const group of groups) if (group.host !== undefined || !claimed) sites.push(maker.group(group));
  const pg = inForce.filter((variable) => isDriverVariable(variable.name));
  const connects = pg.some(({ name }) => /^PG(?:HOST|HOSTADDR|SERVICE|DATABASE)$/.test(name));
  if (pg.some((variable) => names.has(variable.name)) && (connects || (sites.length === 0 && pg.some(({ name }) => isTlsVariable(name))))) {
    sites.push(maker.driverVariables(pg, inForce, names));
  }

  // What another file says is reported there.
  const bypasses = own
    .filter((variable) => variable.name === 'NODE_TLS_REJECT_UNAUTHORIZED' && variable.value !== 'hidden' && variable.value.text.trim() === '0' && scope.variables.includes(variable))
    .map((variable): Bypass => ({ setting: environmentSetting(variable), key: variable.path }));
  return { sites, bypasses };
}

/** What the pool hands on beside the URL in this variable. */
function pooledWith(variable: Variable, pooled: ReturnType<typeof poolProperties>): readonly Setting[] {
  return pooled.size === 0 ? [] : (pooled.get(baseOf(variable.path)) ?? []).map(({ variable: property, name }) => memberSetting(property, undefined, name));
}

/** Without the TLS settings that stood alone in their scope and are in force for a connection in another: a workflow's `env`, Grafana's jsonData, a script's export. */
export function withoutAbsorbed(sites: readonly Site[]): readonly Site[] {
  const isLone = (site: Site): boolean => site.form === 'group' && ![...site.members, ...site.environment].some(({ name }) => /^(?:host|PGHOST|PGHOSTADDR|PGSERVICE)$/.test(name));
  const taken = new Set(sites.flatMap((site) => (isLone(site) ? [] : [...site.members, ...site.environment].map(({ span }) => span.start))));
  const isAbsorbed = ({ members, environment }: Site): boolean => [...members, ...environment].filter(({ name }) => /ssl/i.test(name)).every(({ span }) => taken.has(span.start));
  return sites.filter((site) => !isLone(site) || !isAbsorbed(site));
}

function lastOfEachName(variables: readonly Variable[]): readonly Variable[] {
  const last = new Map(variables.filter(({ name }) => name !== '').map((variable) => [variable.name, variable]));
  return variables.filter((variable) => variable.name === '' || last.get(variable.name) === variable);
}

interface Group {
  readonly prefix: string;
  readonly members: readonly { readonly role: Role; readonly variable: Variable }[];
  readonly host: Variable | undefined;
}

/** Groups by common prefix (`DB_HOST`, `DB_PORT` …) that are connections of PostgreSQL. */
function prefixGroups(scope: Scope, variables: readonly Variable[]): readonly Group[] {
  const path = scope.bareNames ? wordsOf(scope.path.slice(-200)) : [];
  const byPrefix = new Map<string, { role: Role; variable: Variable }[]>();
  const add = (prefix: string, member: { role: Role; variable: Variable }): void => {
    const members = byPrefix.get(prefix) ?? [];
    byPrefix.set(prefix, members);
    members.push(member);
  };
  for (const variable of variables) {
    const named = isDriverVariable(variable.name) ? null : roleOf(variable.name);
    if (named === null) {
      for (const part of addressParts(variable)) {
        if (isBareName(scope, variable.name, path) || part.prefix !== '') add(part.prefix, part);
      }
    } else if (named.prefix !== '' || (isBareName(scope, variable.name, path) && (variable.name !== 'name' || isDatabasePath(path)))) add(named.prefix, { role: named.role, variable });
  }
  const dialects = [...byPrefix.values()].flat().flatMap(({ role, variable }) => (role === 'dialect' ? [isPostgres([{ role, text: dialectOf(variable) }], NO_SURROUNDINGS)] : []));
  // Laravel's .env names the settings of all databases, and in DB_CONNECTION the one that is used.
  const isAnother = dialects.includes(false) && !dialects.includes(true);
  return [...byPrefix].flatMap(([prefix, members]): Group[] => {
    const group = groupOf(prefix, members.filter(({ variable }) => isWritten(variable.value) && !isNothing(variable.value)));
    if (group === null || (isAnother && group.host === undefined)) return [];
    const own = members.filter(({ role }) => role === 'dialect');
    const dialects = own.length > 0 ? own : inheritedDialect(prefix, byPrefix);
    const known = [
      ...group.members.filter(({ role }) => role !== 'dialect').map(({ role, variable }) => ({ role, text: visible(variable) })),
      ...dialects.map(({ role, variable }) => ({ role, text: dialectOf(variable) })),
    ];
    const words = [...path, ...prefix.split('_')];
    const verdict = isPostgres(known, { words, servers: scope.servers });
    const roles = new Set(group.members.map(({ role }) => role));
    // A map with a host, a user and a database needs no further evidence; variables may be anything's.
    const enough = verdict ?? (scope.bareNames && prefix === '' && roles.has('user') && roles.has('dbname') && !namesAnother(group.host));
    return enough ? [group] : [];
  });
}

const NO_SURROUNDINGS = { words: [], servers: new Map<string, 'postgres' | 'other'>() };

/** What stands for no value in the files of Laravel (laravel.com/docs/configuration, "Environment Variable Types") and others. */
function isNothing(value: Variable['value']): boolean {
  return value !== 'hidden' && /^\s*\(?(?:null|nil|none|empty)\)?\s*$/i.test(value.text);
}

/** Whether what hides the host speaks of another database: `{{ env "MYSQL_SEEDS" }}`. */
function namesAnother(host: Variable | undefined): boolean {
  return host !== undefined && host.value !== 'hidden' && kindOfWords(wordsOf(host.value.text.slice(0, 200))) === 'other';
}

/** What a dialect says; of a template (`{{ print "mysql" | b64enc }}` in bitnami/charts) the quoted word. */
function dialectOf(variable: Variable): string | null {
  if (variable.value === 'hidden') return null;
  return visible(variable) ?? /["']([\w.-]+)["']/.exec(variable.value.text)?.[1] ?? null;
}

/** Whether a bare `name` is that of a database: below `db`, not below `datasources`. */
function isDatabasePath(path: readonly string[]): boolean {
  const last = path.findLast((word) => !/^\d+$/.test(word)) ?? '';
  return /^(?:DB|DATABASE)S?$/.test(last) || kindOfWords([last]) === 'postgres';
}

/** `url: db.example.net:5432`, as Grafana and others have it, is a host and a port. */
function addressParts(variable: Variable): readonly { readonly prefix: string; readonly role: Role; readonly variable: Variable }[] {
  const parts = wordsOf(variable.name.slice(-100));
  if (parts.at(-1) !== 'URL' || variable.value === 'hidden') return [];
  const { value } = variable;
  const colon = /^(?:[A-Za-z0-9][\w.-]*|\$\w+|\$\{\w+\}):(?:\d{1,5}|\$\w+|\$\{\w+\})$/.test(value.text) ? value.text.indexOf(':') : -1;
  if (colon < 0) return [];
  const part = (role: Role, start: number, end: number): { prefix: string; role: Role; variable: Variable } => {
    const slice = value.slice(start, end);
    return { prefix: parts.slice(0, -1).join('_'), role, variable: { ...variable, value: slice, span: slice.span } };
  };
  return [part('host', 0, colon), part('port', colon + 1, value.text.length)];
}

/** Whether a name without a prefix is a setting of the map that it stands in. In capitals it may be a variable (`HOST`), but not below `[database]` (Gitea's app.ini). */
function isBareName(scope: Scope, name: string, path: readonly string[]): boolean {
  return scope.bareNames && (/[a-z]/.test(name) || isDatabasePath(path));
}

/** `DB_TYPE` says of `DB_POSTGRESDB_HOST` too what it is. */
function inheritedDialect(prefix: string, groups: ReadonlyMap<string, readonly { role: Role; variable: Variable }[]>): readonly { role: Role; variable: Variable }[] {
  // Gitea's app.ini has DB_TYPE beside HOST.
  if (prefix === '') return groups.get('DB')?.filter(({ role }) => role === 'dialect') ?? [];
  for (let end = prefix.lastIndexOf('_'); end > 0; end = prefix.lastIndexOf('_', end - 1)) {
    const dialect = groups.get(prefix.slice(0, end))?.filter(({ role }) => role === 'dialect') ?? [];
    if (dialect.length > 0) return dialect;
  }
  return [];
}

function groupOf(prefix: string, all: readonly { role: Role; variable: Variable }[]): Group | null {
  // One of each: where two names say the same (`DB_NAME`, `DB_DATABASE`), the first.
  const members = [...new Map(all.toReversed().map((member) => [member.role, member])).values()].toReversed();
  const get = (role: Role): Variable | undefined => members.find((member) => member.role === role)?.variable;
  const host = get('host');
  const mode = get('sslmode');
  if (host === undefined) {
    // The mode alone, its host elsewhere (a Secret beside a ConfigMap): only where the word can be nothing else.
    if (mode === undefined || mode.value === 'hidden' || !MODE_WORD.test(mode.value.text.trim()) || kindOfWords(prefix.split('_')) === 'other') return null;
    return { prefix, members, host };
  }
  const beside = members.some(({ role }) => role !== 'host' && role !== 'dialect' && role !== 'ssl');
  return beside ? { prefix, members, host } : null;
}

function isTlsMember(variable: Variable): boolean {
  const named = roleOf(variable.name);
  return named?.prefix === '' && ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'].includes(named.role) && isWritten(variable.value);
}

/** `adapter: postgresql` and its kin. */
function isPostgresDialect(variable: Variable): boolean {
  const named = roleOf(variable.name);
  return named?.prefix === '' && named.role === 'dialect' && isPostgres([{ role: 'dialect', text: visible(variable) }], NO_SURROUNDINGS) === true;
}

/** A variable as a driver that reads it itself sees it. */
export function environmentSetting(variable: Variable): Setting {
  return { name: variable.name, key: variable.name, value: visible(variable), place: 'environment', span: variable.span, whole: variable.whole };
}

function memberSetting(variable: Variable, role: Role | undefined, key = variable.name): Setting {
  return { name: role ?? key, key, value: visible(variable)?.trim() ?? null, place: 'string', span: variable.span, whole: variable.whole };
}

function withRead(setting: Setting, reads: string | undefined): Setting {
  return reads === undefined ? setting : { ...setting, reads };
}

class SiteMaker {
  readonly #scope: Scope;
  readonly #tls: readonly Setting[];
  #isPostgres: boolean | undefined;

  constructor(scope: Scope, tls: readonly Setting[]) {
    this.#scope = scope;
    this.#tls = tls;
  }

  /** The connection strings in one variable's value, or the one that it hides. */
  strings(variable: Variable, members: readonly Setting[]): Site[] {
    const hints = (): readonly DriverId[] => [...hintsOfName(variable.path), ...hintsOfName(variable.name)];
    const base = { key: variable.path, members, environment: this.#tls };
    if (variable.value !== 'hidden') {
      const found = findStrings(variable.value);
      if (found.length > 0) {
        const origin = found.length === 1 ? this.#unfilled(variable) : {};
        return found.map(({ form, text }) => ({ ...this.#site({ ...base, form, span: text.span, string: text }, hints()), ...origin }));
      }
      // `${DATABASE_BASE}?sslmode=disable` says how, and not where.
      if (/^\$\{?\w+\}?\?\S{0,500}\bsslmode=/.test(variable.value.text)) {
        return [this.#site({ ...base, form: 'url', span: variable.value.span, string: variable.value }, hints())];
      }
      // `${SERVER_URL}/app`: all but the database's name is hidden.
      if (!isReference(variable.value.text.replace(/(?<=\})\/[\w.-]{1,64}$/, ''))) return [];
    }
    if (!this.#namesString(variable)) return [];
    const reads = this.#variableRead(variable);
    return [{ ...this.#site({ ...base, form: 'url', span: variable.span, string: 'hidden' }, hints()), ...(reads !== undefined && { reads }) }];
  }

  /** What stood there before the defaults: a variable of the environment that is read, or a string with references in it. */
  #unfilled({ unfilled }: Variable): Pick<Site, 'reads' | 'unfilled'> {
    if (unfilled === undefined) return {};
    const reads = variableReadBy(unfilled.text, this.#scope.fills === true);
    return reads === undefined ? { unfilled } : { reads };
  }

  /** The variable that a program reads where this stands for a whole value. */
  #variableRead({ value, unfilled }: Variable): string | undefined {
    return value === 'hidden' ? undefined : variableReadBy((unfilled ?? value).text, this.#scope.fills === true);
  }

  /** Whether the name says that the value is a connection string; `url` says it together with the key around it: `spring.datasource.url`. */
  #namesString({ name, path }: Variable): boolean {
    if (namesDatabaseString(name)) return true;
    if (!this.#scope.bareNames || !/^(?:jdbc-?)?(?:url|uri|dsn|connection[-_]?string)$/i.test(name)) return false;
    this.#isPostgres ??= this.#scope.variables.some(isPostgresDialect);
    return this.#isPostgres || namesDatabaseString(path.split('.').slice(-2).join('_'));
  }

  /** A connection of an application: how it speaks to the server is the application's. */
  application(found: Applied['sites'][number]): Site {
    return this.#site({ ...found, environment: this.#tls }, []);
  }

  /** A group with a common prefix, or a map. */
  group(group: Group): Site {
    const decisive = group.host ?? group.members.find(({ role }) => role === 'sslmode')?.variable;
    const anchor = decisive?.shared === true ? (group.members.find(({ variable }) => variable.shared !== true)?.variable ?? decisive) : decisive;
    const hints = group.members.flatMap(({ role, variable }) => [
      ...hintsOfName(variable.path),
      ...(role === 'dialect' ? hintsOfDialect(variable.name, visible(variable)?.trim() ?? '') : []),
    ]);
    const isMap = this.#scope.bareNames && group.prefix === '' && this.#scope.path !== '';
    return this.#site(
      {
        form: 'group',
        key: isMap ? this.#scope.path : (anchor?.path ?? this.#scope.path),
        span: anchor?.span ?? { start: 0, end: 0 },
        // Its host stands elsewhere: in a Secret beside this ConfigMap, say.
        string: group.host === undefined ? 'hidden' : null,
        members: [...group.members.filter(({ role }) => role !== 'dialect').map(({ role, variable }) => withRead(memberSetting(variable, role), this.#variableRead(variable))), ...this.#unread('sslmode', group.members.some(({ role }) => role.startsWith('ssl')))],
        environment: this.#tls,
      },
      hints,
    );
  }

  /** The group of PG* variables. */
  driverVariables(pg: readonly Variable[], inForce: readonly Variable[], own: ReadonlySet<string>): Site {
    const written = pg.filter((variable) => isWritten(variable.value));
    const host = written.find(({ name }) => name === 'PGHOST' || name === 'PGHOSTADDR' || name === 'PGSERVICE');
    const here = written.filter(({ name }) => own.has(name));
    const anchor = here.find((variable) => variable === host) ?? here.find(({ name }) => isTlsVariable(name)) ?? here[0] ?? host;
    const others = inForce.filter(({ name, value }) => isTlsVariable(name) && !isDriverVariable(name) && isWritten(value));
    return this.#site(
      {
        form: 'group',
        key: anchor?.path ?? this.#scope.path,
        span: anchor?.span ?? { start: 0, end: 0 },
        string: null,
        members: [],
        environment: [...[...written, ...others].map(environmentSetting), ...this.#unread('PGSSLMODE', written.some(({ name }) => isTlsVariable(name)))],
      },
      [],
    );
  }

  /** The mode that may be said in a file which cannot be read. A group is one of variables, any of which may stand there; a string is whole. */
  #unread(name: 'sslmode' | 'PGSSLMODE', isSaid: boolean): readonly Setting[] {
    const span = this.#scope.unread ?? null;
    return span === null || isSaid ? [] : [{ name, key: name, value: null, place: name === 'sslmode' ? 'string' : 'environment', span, whole: span }];
  }

  #site(site: Pick<Site, 'form' | 'key' | 'span' | 'string' | 'members' | 'environment' | 'application'>, hints: readonly DriverId[]): Site {
    return {
      ...site,
      // Text that has no name.
      key: site.key === '' ? null : site.key,
      options: undefined,
      driver: null,
      hints: inOrder(hints.length > 0 ? hints : this.#scope.hints.map((hint) => (typeof hint === 'string' ? hint : hint.driver))),
      condition: null,
      unparsed: this.#scope.unparsed,
      ...(this.#scope.fills === true && { fills: true }),
    };
  }
}
