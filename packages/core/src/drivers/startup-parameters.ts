import type { ParsedString, Setting } from '../settings/setting.ts';
import type { Outcome, Reason } from './driver.ts';

/**
 * Names that are no parameter of PostgreSQL's: as a start-up parameter each is refused with "unrecognized
 * configuration parameter". libpq's keywords, and what other clients' URLs carry.
 */
const REFUSED = new Set([
  'host', 'hostaddr', 'port', 'password', 'passfile', 'dbname', 'service', 'keepalives', 'keepalives_idle', 'keepalives_interval',
  'keepalives_count', 'tcp_user_timeout', 'channel_binding', 'gssencmode', 'gssdelegation', 'krbsrvname', 'gsslib', 'require_auth', 'requirepeer',
  'load_balance_hosts', 'target_session_attrs', 'connect_timeout', 'requiressl', 'fallback_application_name', 'uselibpqcompat', 'schema', 'pgbouncer',
  'connection_limit', 'pool_timeout', 'socket_timeout', 'statement_cache_size', 'supa', 'pool', 'charset', 'serverVersion',
]);

/** The server has parameters whose names begin so, and none that a client may set: "parameter cannot be changed now" (guc_parameters.dat, PGC_SIGHUP). */
const TLS_NAME = /^(?:ssl|tls)/i;

/**
 * The first parameter that a driver does not know and hands to the server, which refuses it: after the login, when
 * PostgreSQL 18 postinit.c, process_startup_options() runs. `own` are the names that the driver keeps for itself.
 */
export function refusedByServer(settings: Iterable<Setting>, own: ReadonlySet<string>): Setting | undefined {
  for (const setting of settings) {
    if (!own.has(setting.name) && (REFUSED.has(setting.name) || TLS_NAME.test(setting.name))) return setting;
  }
  return undefined;
}

/** The same as an outcome; `answer` is what the driver does up to the login. */
export function refusedAtStartup(string: ParsedString | null, own: ReadonlySet<string>, title: string, source: string, answer: Outcome): Outcome {
  const setting = refusedByServer(string?.settings ?? [], own);
  if (setting === undefined || answer.kind === 'refuses') return answer;
  const cause = isTlsSetting(setting.name) ? 'tls' : 'other';
  return { kind: 'refuses', cause, reasons: [startupReason(title, setting, source, answer.encrypts === 'always')], setting };
}

/** Why such a parameter ends the connection. What TLS there is by then is worth saying. */
export function startupReason(title: string, setting: Setting, source: string, encrypted: boolean): Reason {
  const sent = encrypted ? '' : ', after the login may have gone out in plaintext';
  return { text: `${title} does not know \`${setting.key.replace(/[^\w.-]/g, '')}\` and sends it to the server, which refuses it${sent}`, source, setting };
}

/** True for the names of settings about TLS. */
export function isTlsSetting(name: string): boolean {
  return /ssl|tls/i.test(name);
}
