import { type Mode, isMode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, Reason, Spelling } from './driver.ts';
import { ENCRYPTS, VERIFIES, WHY, isSocket } from './libpq-modes.ts';
import { type Notes, connects, nameOf, notes, quoted, refuses } from './outcome.ts';
import { isTlsSetting } from './startup-parameters.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * PgBouncer as the client of its servers: one setting for all of them, and none of a database's own. Facts: pgbouncer 13a344f
 * src/main.c (config params, sslmode_map), src/server.c, src/sbuf.c setup_tls(), src/loader.c parse_database(); NEWS.md for
 * when the default changed. It reads no environment: images do (SERVER_TLS_SSLMODE), and write the file.
 */

const MAIN = 'pgbouncer 13a344f src/main.c: CF_ABS("server_tls_sslmode")';
const SERVER = 'pgbouncer 13a344f src/server.c handle_sslchar()';
const SETUP = 'pgbouncer 13a344f src/sbuf.c setup_tls()';

/** `server_tls_sslmode`, and what images of it call it in the environment. */
const MODE_KEY = /(?:^|_)server_tls_sslmode$/i;
const OTHER_KEY = /(?:^|_)server_tls(?:_(?:ca|cert|key)_file|_protocols|_ciphers|13_ciphers)$/i;
const PROTOCOLS_KEY = /(?:^|_)server_tls_protocols$/i;
/** Words of `server_tls_protocols`; three of them stand for several. */
const PROTOCOLS = ['tlsv1.0', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3', 'all', 'legacy', 'secure', 'default'];

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  if (string?.form === 'url' || string?.form === 'jdbc' || string?.form === 'ado') return refuses('other', { text: 'PgBouncer takes keywords and values in [databases], no URL', source: 'pgbouncer 13a344f src/loader.c parse_database()' });
  const noted = notes();
  const settings = string?.settings ?? [];
  const own = settings.find((setting) => (isTlsSetting(setting.name) || setting.name === 'channel_binding') && !MODE_KEY.test(setting.key) && !OTHER_KEY.test(setting.key));
  if (own !== undefined) {
    const text = `PgBouncer knows no \`${nameOf(own)}\` in a database's connection string and does not start, only \`server_tls_…\` in [pgbouncer]`;
    return refuses('tls', { text, source: 'pgbouncer 13a344f src/loader.c parse_database(): unrecognized connection parameter', setting: own });
  }
  const variable = input.environment.get('PGSSLMODE');
  if (variable !== undefined) noted.ignored.push({ setting: variable, harmless: false, text: 'PgBouncer never reads PGSSLMODE', source: MAIN });
  const said = settings.findLast(({ key }) => MODE_KEY.test(key));
  const word = said?.value?.toLowerCase();
  if (said !== undefined && !isMode(word)) return refuses('tls', { text: `\`${said.key}\` has a value that PgBouncer does not know, it does not start`, source: `${MAIN}: sslmode_map`, setting: said });
  const refused = checkProtocols(settings, noted);
  if (refused !== undefined) return refuses('tls', refused);
  if (isSocket(input, '/@')) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, and PgBouncer uses no TLS there', source: 'pgbouncer 13a344f src/server.c handle_connect()' } });
  const isOld = compareVersions(version, '1.20') < 0;
  const mode: Mode = isMode(word) ? word : isOld ? 'disable' : 'prefer';
  return answer(mode, said, isOld, noted);
}

/** A list with `,` or `:` between (pgbouncer 13a344f lib/usual/tls/tls_config.c tls_config_parse_protocols()). */
function checkProtocols(settings: readonly Setting[], noted: Notes): Reason | undefined {
  const setting = settings.findLast(({ key }) => PROTOCOLS_KEY.test(key));
  const words = setting?.value?.toLowerCase().split(/[,:]/).map((word) => word.trim()) ?? [];
  if (setting === undefined || words.length === 0) return undefined;
  const source = 'https://www.pgbouncer.org/config.html#server_tls_protocols';
  if (!words.every((word) => PROTOCOLS.includes(word.replace(/^!/, '')))) return { text: `\`${setting.key}\` has a value that PgBouncer does not know`, source, setting };
  if (words.some((word) => ['all', 'legacy', 'tlsv1.0', 'tlsv1.1'].includes(word))) noted.weakTls.push({ text: `\`${setting.key}\` lets the server choose a TLS version below 1.2`, source, setting });
  return undefined;
}

function answer(mode: Mode, said: Setting | undefined, isOld: boolean, noted: Notes): Outcome {
  const phrase = said === undefined ? `no server_tls_sslmode is given, and PgBouncer${isOld ? ' before 1.20' : ''} then` : quoted(said);
  const setting = said === undefined ? {} : { setting: said };
  const decidedBy = said ?? null;
  // "FIXME: if server rejects plain, try TLS?": it asks for TLS first, as for prefer.
  const encrypts = mode === 'allow' ? 'if-server-offers' : ENCRYPTS[mode];
  const text = `${phrase} ${mode === 'allow' ? WHY.prefer : WHY[mode]}`;
  const source = said === undefined || mode === 'disable' ? MAIN : VERIFIES[mode] === 'nothing' ? SERVER : SETUP;
  return connects(noted, { encrypts, verifies: VERIFIES[mode], decidedBy, reason: { text, source, ...setting } });
}

function spell(mode: Mode, root: string | null): Spelling {
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  return { string: [['server_tls_sslmode', mode], ...(verifies ? ([['server_tls_ca_file', root === null ? '/etc/ssl/certs/ca-certificates.crt' : `/path/to/${root}`]] as const) : [])], options: null, environment: null, condition: 'in the section [pgbouncer], for all databases' };
}

const VERSIONS = [{ label: '1.19', since: '1.7', released: true }, { label: '1.25', since: '1.20', released: true }];

/** PgBouncer 1.7 to 1.25. */
export const pgbouncer: Driver = {
  id: 'pgbouncer',
  title: 'PgBouncer',
  versions: VERSIONS,
  forms: ['group'],
  commonFor: [],
  schemes: [],
  packages: {},
  samples: { string: { sslmode: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'typo'], sslrootcert: ['', 'root.crt'] }, environment: {}, options: {} },
  versionOf: (packages) => (packages.pgbouncer === undefined ? undefined : labelOf(VERSIONS, packages.pgbouncer)),
  outcome,
  spell,
};
