import { type Mode, MODES, isMode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome } from './driver.ts';
import { ENCRYPTS, VERIFIES, WHY, spellAsLibpq } from './libpq-modes.ts';
import { type Notes, connects, nameOf, notes, quoted, refuses } from './outcome.ts';
import { labelOf } from './versions.ts';

/*
 * sqlx, for Rust. Facts: launchbadge/sqlx v0.8.6 sqlx-postgres/src/options/parse.rs, options/mod.rs,
 * options/ssl_mode.rs, connection/tls.rs, sqlx-core/src/net/tls/tls_rustls.rs; v0.6.3 reads the same, and so does
 * 9d6bf66 on the way to 0.9.
 */

const PARSE = 'sqlx 0.8.6 sqlx-postgres/src/options/parse.rs';
const TLS = 'sqlx 0.8.6 sqlx-postgres/src/connection/tls.rs maybe_upgrade()';

/** Its names, and their other spellings (parse_from_url). */
const NAMES: Readonly<Record<string, string>> = {
  sslmode: 'sslmode', 'ssl-mode': 'sslmode', sslrootcert: 'sslrootcert', 'ssl-root-cert': 'sslrootcert', 'ssl-ca': 'sslrootcert',
  sslcert: 'sslcert', 'ssl-cert': 'sslcert', sslkey: 'sslkey', 'ssl-key': 'sslkey',
};

function outcome(input: DriverInput): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `sqlx cannot read this string: ${string.problem.message}`, source: PARSE });
  if (string !== null && string.form !== 'url') return refuses('other', { text: 'sqlx takes only URLs', source: PARSE });
  const noted = notes();
  const settings = string?.settings ?? [];
  const last = (name: string): Setting | undefined => settings.findLast(({ key }) => Object.hasOwn(NAMES, key) && NAMES[key] === name);
  noteUnread(settings, input, noted);

  const written = last('sslmode');
  const word = written?.value?.toLowerCase();
  if (written !== undefined && !isMode(word)) return refuses('tls', { text: `\`${written.key}\` has a value that sqlx does not know, it fails before it connects`, source: 'sqlx 0.8.6 sqlx-postgres/src/options/ssl_mode.rs', setting: written });
  const variable = written === undefined ? input.environment.get('PGSSLMODE') : undefined;
  const ofVariable = variable?.value?.toLowerCase();
  if (variable !== undefined && !isMode(ofVariable)) noted.unknownValues.push({ text: 'sqlx takes any PGSSLMODE that it does not know for prefer', source: 'sqlx 0.8.6 sqlx-postgres/src/options/mod.rs new_without_pgpass()', setting: variable });
  const mode: Mode = isMode(word) ? word : isMode(ofVariable) ? ofVariable : 'prefer';
  const by = written ?? (isMode(ofVariable) ? (variable ?? null) : null);

  const root = last('sslrootcert') ?? input.environment.get('PGSSLROOTCERT');
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  if (root !== undefined && !verifies && root.place === 'string') noted.ignored.push({ setting: root, harmless: true, text: 'sqlx reads a root certificate only for verify-ca and verify-full', source: 'sqlx 0.8.6 sqlx-core/src/net/tls/tls_rustls.rs handshake()' });
  if (verifies && root?.value === 'system') return refuses('tls', { text: 'sqlx takes `system` for the name of a file, and that is not there', source: 'sqlx 0.8.6 sqlx-core/src/net/tls/tls_rustls.rs handshake()', setting: root });

  const setting = by === null ? {} : { setting: by };
  const said = by === null ? 'no sslmode is given, and sqlx then' : quoted(by);
  // "FIXME: Implement ALLOW": it never tries TLS.
  if (mode === 'allow') return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: by, reason: { text: `${said} never tries TLS, sqlx has not implemented it`, source: TLS, ...setting } });
  // The roots of webpki or of the system are always among those that count; the one named is added to them.
  const text = mode === 'verify-ca' ? `${said} accepts any certificate of a public CA, for whatever host` : `${said} ${WHY[mode]}${mode === 'require' && root !== undefined ? ', also with a root certificate' : ''}`;
  return connects(noted, { encrypts: ENCRYPTS[mode], verifies: VERIFIES[mode], decidedBy: by, reason: { text, source: TLS, ...setting } });
}

/** "ignoring unrecognized connect parameter" (parse_from_url). */
function noteUnread(settings: readonly Setting[], input: DriverInput, noted: Notes): void {
  for (const setting of settings) {
    if (Object.hasOwn(NAMES, setting.key) || !/ssl|tls|channel_?binding|require_?auth/i.test(setting.key)) continue;
    noted.ignored.push({ setting, harmless: true, text: `sqlx passes over \`${nameOf(setting)}\` with a warning`, source: PARSE });
  }
  for (const name of ['PGCHANNELBINDING', 'PGREQUIREAUTH', 'PGSSLNEGOTIATION']) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `sqlx never reads ${name}`, source: 'sqlx 0.8.6 sqlx-postgres/src/options/mod.rs new_without_pgpass()' });
  }
}

const VERSIONS = ['0.6', '0.7', '0.8', '0.9'].map((label) => ({ label, released: true }));

/** sqlx 0.6 to 0.9, built with one of its TLS features: without one, prefer is plaintext. */
export const sqlx: Driver = {
  id: 'sqlx',
  title: 'sqlx',
  versions: VERSIONS,
  forms: ['url', 'group'],
  commonFor: [],
  schemes: [],
  packages: { cargo: ['sqlx', 'sqlx-postgres'] },
  samples: {
    string: { sslmode: [...MODES, 'typo'], 'ssl-mode': [...MODES, 'typo'], sslrootcert: ['', 'system', 'root.crt'] },
    environment: { PGSSLMODE: [...MODES, 'typo'], PGSSLROOTCERT: ['root.crt'] },
    options: {},
  },
  versionOf: (packages) => (packages.sqlx === undefined ? undefined : labelOf(VERSIONS, packages.sqlx)),
  outcome,
  spell: spellAsLibpq,
};
