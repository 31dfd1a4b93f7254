import type { DriverId } from '../drivers/driver.ts';
import { decodeUriPart } from '../settings/percent.ts';

/**
 * A program that people deploy and set up by variables alone: whoever writes them has no line of code in which a driver
 * could be seen. One entry an application, in the file of its driver's language, and there in one list.
 */
export interface Application {
  readonly id: string;
  /** As messages name it. */
  readonly name: string;
  /** The driver inside, and which of its versions where not the newest. */
  readonly driver: DriverId;
  readonly version?: string;
  /** The name of a driver that is not modelled, where `driver` only stands for what it does. */
  readonly over?: string;
  /** Names of its images without registry and tag: the last part, or more where that alone is anybody's (`goauthentik/server`). */
  readonly images: readonly string[];
  /** How variables begin that nothing else reads: one of them is enough to know it by. */
  readonly prefixes: readonly string[];
  /** Variables that only together are its own. */
  readonly together?: readonly (readonly string[])[];
  /** What of its variables are one connection. The first that has a place counts. */
  readonly connections: readonly Connection[];
  /** Repository, file and version, or the page, that says so. */
  readonly sources: readonly string[];
}

/** Variables that say one connection together. Names are compared without case. */
export interface Connection {
  /** A connection string in the driver's own form. */
  readonly string?: string;
  /** What the string lacks at its beginning: `postgresql://`. */
  readonly scheme?: string;
  /** What the string says about TLS never reaches the driver, but for what `tls` makes of it. */
  readonly deaf?: true;
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly password?: string;
  readonly dbname?: string;
  /** Says which kind of database it is. */
  readonly dialect?: string;
  /** Handed to the driver as they are, by the driver's names for them. */
  readonly parameters?: Readonly<Partial<Record<'sslmode' | 'sslrootcert' | 'sslcert' | 'sslkey', string>>>;
  /** What the driver is told where a parameter is not set. */
  readonly unset?: { readonly sslmode: string };
  /** Its own host, where none is set. */
  readonly defaultHost?: 'localhost';
  /** Variables that the application itself makes something of, each with values that tell the cases apart. */
  readonly switches?: Readonly<Record<string, readonly string[]>>;
  /** What it makes of them. */
  readonly tls?: (value: Read) => readonly Said[];
  /** For its page: what the variables mean. Markdown, a clause. */
  readonly meaning: string;
  /** How a verified connection is written. `{root}` is the path of a root certificate, and its variable left out where the public roots do; `{ca}` is needed for them as well; `{query}` is what the driver reads in a URL. Left out where the connection string alone decides. */
  readonly verified?: readonly (readonly [variable: string, value: string])[];
  /** What to do, a sentence, where no variable can make it verify. */
  readonly instead?: string;
}

/** The value of a variable, without white space around it; `undefined` where it is not set or empty. */
export type Read = (name: string) => string | undefined;

/** A setting of the driver's, its value, and the variable that it comes from; where that is not set, nobody said it. */
export type Said = readonly [setting: string, value: string | boolean, variable: string];

/** Variables of one part: `DB_HOST`, `DB_PORT` … of `DB_`. */
export function parts(prefix: string, names: Partial<Record<'host' | 'port' | 'user' | 'password' | 'dbname', string>> = {}): Pick<Connection, 'host' | 'port' | 'user' | 'password' | 'dbname'> {
  const usual = { host: 'HOST', port: 'PORT', user: 'USER', password: 'PASSWORD', dbname: 'DATABASE', ...names };
  return Object.fromEntries(Object.entries(usual).map(([role, name]) => [role, `${prefix}${name}`]));
}

/** A variable that is the driver's own sslmode, and `unset` where it is not set; `root` is the variable of the root certificate, libpq's where it has none of its own. */
export function sslmodeIn(variable: string, library: string, unset: 'disable' | 'prefer', root = 'PGSSLROOTCERT'): Pick<Connection, 'parameters' | 'unset' | 'meaning' | 'verified'> {
  return {
    parameters: { sslmode: variable, ...(root !== 'PGSSLROOTCERT' && { sslrootcert: root }) },
    unset: { sslmode: unset },
    meaning: `\`${variable}\` is ${library}'s sslmode, \`${unset}\` unless set`,
    verified: [[variable, 'verify-full'], [root, '{root}']],
  };
}

/** The two values of most switches. */
export const BOOLEAN = ['true', 'false'];

/** A switch as most programs read it. */
export function isOn(value: string | undefined, unset = false): boolean {
  return value === undefined ? unset : /^(?:true|1|yes|on|t|y)$/i.test(value);
}

/** The parameters of a URL's query that is a variable of its own. */
export function parametersIn(query: string | undefined, variable: string): readonly Said[] {
  return (query ?? '').split(/[?&;]/).flatMap((pair) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    return name === undefined || value === undefined ? [] : [[name, decodeUriPart(value).value, variable] as const];
  });
}
