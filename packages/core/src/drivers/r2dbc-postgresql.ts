import { type Mode, MODES, isWeaker } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, Spelling } from './driver.ts';
import { ENCRYPTS, VERIFIES, WHY } from './libpq-modes.ts';
import { type Notes, connects, lastOf, notes, quoted, refuses } from './outcome.ts';
import { labelOf } from './versions.ts';

/*
 * R2DBC PostgreSQL, the reactive driver for Java. Facts: r2dbc-postgresql v1.1.2.RELEASE
 * PostgresqlConnectionFactoryProvider.java, PostgresqlConnectionConfiguration.java, client/SSLMode.java,
 * client/SSLSessionHandlerAdapter.java. Names are case-sensitive, most of them in camelCase alone; it reads no environment.
 */

const PROVIDER = 'r2dbc-postgresql 1.1.2 PostgresqlConnectionFactoryProvider.java setupSsl()';
const CONFIGURATION = 'r2dbc-postgresql 1.1.2 PostgresqlConnectionConfiguration.java createSslProvider()';
const SSL_MODE = 'r2dbc-postgresql 1.1.2 client/SSLMode.java';

const READ = ['ssl', 'sslMode', 'sslmode', 'sslNegotiation', 'sslnegotiation', 'sslRootCert', 'sslCert', 'sslKey', 'sslPassword', 'sslSni', 'sslHostnameVerifier', 'sslContextBuilderCustomizer', 'channelBinding', 'channel_binding'];

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  const scheme = string?.scheme ?? null;
  if (string !== null && (string.form !== 'url' || !/^r2dbcs?:/.test(scheme ?? 'r2dbc:'))) return refuses('other', { text: 'R2DBC takes only URLs that begin with r2dbc:postgresql://', source: PROVIDER });
  if (string?.problem) return refuses('syntax', { text: `R2DBC cannot read this URL: ${string.problem.message}`, source: PROVIDER });
  const noted = notes();
  const settings = string?.settings ?? [];
  const read = (name: string): Setting | undefined => lastOf(settings.filter(({ key }) => key === name), name);
  noteUnread(settings, input, noted);
  // `sslMode` wins over its alias, both over `ssl`, which is what r2dbcs: means.
  const sslMode = read('sslMode') ?? read('sslmode');
  const ssl = read('ssl');
  const isOn = ssl === undefined ? scheme?.startsWith('r2dbcs:') === true : ssl.value?.toLowerCase() === 'true';
  const word = sslMode?.value?.toLowerCase().replaceAll('_', '-');
  const known: Mode | 'tunnel' | undefined = word === 'tunnel' ? word : MODES.find((each) => each === word);
  if (sslMode !== undefined && known === undefined) {
    return refuses('tls', { text: `\`${sslMode.key}\` has a value that R2DBC does not know, it fails before it connects`, source: `${SSL_MODE} fromValue()`, setting: sslMode });
  }
  const mode: Mode = known === 'tunnel' ? 'require' : (known ?? (isOn ? 'verify-full' : 'disable'));
  const by = sslMode ?? (isOn ? (ssl ?? null) : null);
  if (sslMode !== undefined && ssl !== undefined && isOn && mode !== 'verify-full') {
    noted.conflicts.push({ setting: ssl, winner: sslMode, text: `R2DBC lets \`${sslMode.key}\` win over \`ssl\`, which alone would mean verify-full`, source: PROVIDER });
  }
  const root = read('sslRootCert');
  if (root !== undefined && isWeaker(mode, 'verify-ca')) noted.ignored.push({ setting: root, harmless: false, text: 'R2DBC checks against sslRootCert only for verify-ca and verify-full', source: CONFIGURATION });

  const setting = by === null ? {} : { setting: by };
  const said = by !== null ? quoted(by) : isOn ? '`r2dbcs:` means verify-full and' : `no sslMode is given, and R2DBC ${version} then`;
  const text = by === null && !isOn ? `${said} never tries TLS` : known === 'tunnel' ? `${said} begins with TLS, and accepts any certificate` : `${said} ${WHY[mode]}`;
  return connects(noted, { encrypts: ENCRYPTS[mode], verifies: VERIFIES[mode], decidedBy: by, reason: { text, source: by === null && !isOn ? CONFIGURATION : SSL_MODE, ...setting } });
}

/** Options that it does not know are passed over. */
function noteUnread(settings: readonly Setting[], input: DriverInput, noted: Notes): void {
  for (const setting of settings) {
    if (READ.includes(setting.key) || !/ssl|tls|require_?auth/i.test(setting.key)) continue;
    const right = READ.find((name) => name.toLowerCase() === setting.key.toLowerCase().replaceAll(/[_-]/g, ''));
    noted.ignored.push({ setting, harmless: true, text: right === undefined ? 'R2DBC knows no option of this name' : `R2DBC knows it only as \`${right}\``, source: PROVIDER });
  }
  const variable = input.environment.get('PGSSLMODE');
  if (variable !== undefined) noted.ignored.push({ setting: variable, harmless: false, text: 'R2DBC never reads PGSSLMODE', source: PROVIDER });
}

function spell(mode: Mode, root: string | null): Spelling {
  // Without a file the trust store of Java counts, which has the public roots.
  return { string: [['sslMode', mode], ...(root === null || isWeaker(mode, 'verify-ca') ? [] : ([['sslRootCert', `/path/to/${root}`]] as const))], options: null, environment: null, condition: null };
}

const VERSIONS = ['1.0', '1.1'].map((label) => ({ label, released: true }));
const ARTIFACTS = ['org.postgresql:r2dbc-postgresql', 'io.r2dbc:r2dbc-postgresql'];

/** R2DBC PostgreSQL 1. */
export const r2dbcPostgresql: Driver = {
  id: 'r2dbc-postgresql',
  title: 'R2DBC',
  versions: VERSIONS,
  forms: ['url'],
  commonFor: [],
  schemes: ['r2dbc:postgresql', 'r2dbcs:postgresql', 'r2dbc:postgres', 'r2dbcs:postgres', 'r2dbc:pool:postgresql', 'r2dbcs:pool:postgresql', 'r2dbc:pool:postgres'],
  ownSchemesOnly: true,
  packages: { maven: ARTIFACTS },
  samples: {
    string: { sslMode: [...MODES, 'tunnel', 'typo'], sslmode: [...MODES, 'typo'], ssl: ['true', 'false'], sslRootCert: ['root.crt'] },
    environment: {},
    options: {},
  },
  versionOf: (packages) => {
    const version = ARTIFACTS.map((name) => packages[name]).find((each) => each !== undefined);
    return version === undefined ? undefined : labelOf(VERSIONS, version);
  },
  outcome,
  spell,
};
