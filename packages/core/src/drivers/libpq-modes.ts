import type { Encrypts, Mode, Verifies } from '../mode.ts';
import type { DriverInput, Spelling } from './driver.ts';
import { optionOf } from './outcome.ts';

/* What libpq's six words and require_auth mean where a driver means by them what libpq does. Not every driver does. */

/** When each mode encrypts (PostgreSQL 18 fe-connect.c, init_allowed_encryption_methods). */
export const ENCRYPTS: Readonly<Record<Mode, Encrypts>> = {
  disable: 'never',
  allow: 'if-server-insists',
  prefer: 'if-server-offers',
  require: 'always',
  'verify-ca': 'always',
  'verify-full': 'always',
};

/** What each mode checks where it means what it says (PostgreSQL 18 fe-secure-openssl.c, initialize_SSL). */
export const VERIFIES: Readonly<Record<Mode, Verifies>> = {
  disable: 'nothing',
  allow: 'nothing',
  prefer: 'nothing',
  require: 'nothing',
  'verify-ca': 'chain',
  'verify-full': 'chain-and-name',
};

/** What each mode does, to follow the setting or the driver's name. */
export const WHY: Readonly<Record<Mode, string>> = {
  disable: 'turns TLS off',
  allow: 'uses TLS only if the server insists',
  prefer: 'goes on in plaintext if the server offers no TLS',
  require: 'encrypts without checking who answers',
  'verify-ca': 'checks the certificate chain, not the host name',
  'verify-full': 'checks the certificate chain and the host name',
};

/** How a mode is written where libpq's names are taken, `file` being its root certificate's path. */
export function spelled(mode: Mode, file: string | null, condition: string | null = null): Spelling {
  const named = (sslmode: string, sslrootcert: string): readonly (readonly [name: string, value: string])[] => [[sslmode, mode], ...(file === null ? [] : [[sslrootcert, file] as const])];
  return { string: named('sslmode', 'sslrootcert'), options: null, environment: named('PGSSLMODE', 'PGSSLROOTCERT'), condition };
}

/** The same for a root certificate by its name, with nothing more that the driver would ask for. */
export function spellAsLibpq(mode: Mode, root: string | null): Spelling {
  return spelled(mode, root === null ? null : `/path/to/${root}`);
}

/** All hosts that are written, in the options, the string or in PGHOST, are Unix sockets: they begin with one of these letters. */
export function isSocket(input: DriverInput, begins: '/' | '/@'): boolean {
  const hosts = input.string?.settings.filter((setting) => setting.name === 'host') ?? [];
  const named = [[optionOf(input.options, 'host')?.setting], hosts, [input.environment.get('PGHOST')]].map((place) => place.filter((host) => host !== undefined)).find((place) => place.length > 0) ?? [];
  return named.length > 0 && named.every(({ value }) => value !== null && value !== '' && begins.includes(value.charAt(0)));
}

/** libpq's names of ways to log in (PostgreSQL 18 fe-connect.c, pqConnectOptions2: require_auth). */
export const AUTH_METHODS = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'];

/**
 * The ways to log in that a `require_auth` leaves open, of these `methods`; `null` where the list is not well-formed: an
 * unknown name, one that stands twice, a mixture of wanted and unwanted ones. An empty list leaves all. Go and
 * Java take blanks around a name off (pgx 5.10 pgconn/require_auth.go, pgjdbc core/AuthMethod.java); to libpq they are part of it.
 */
export function allowedMethods(list: string, methods: readonly string[] = AUTH_METHODS, blanks: 'off' | 'kept' = 'off'): readonly string[] | null {
  if (list === '') return methods;
  const words = list.split(',').map((word) => (blanks === 'off' ? word.trim() : word));
  const negative = words.map((word) => word.startsWith('!'));
  const named = words.map((word, at) => (negative[at] === true ? word.slice(1) : word));
  if (negative.some((each) => each !== negative[0]) || !named.every((name, at) => methods.includes(name) && named.indexOf(name) === at)) return null;
  return negative[0] === true ? methods.filter((method) => !named.includes(method)) : named;
}
