import { type Mode, MODES, type Verifies, isMode, isWeaker } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, Reason, Spelling } from './driver.ts';
import { ENCRYPTS, WHY, allowedMethods } from './libpq-modes.ts';
import { type Notes, connects, lastOf, noteRepeats, notes, quoted, refuses } from './outcome.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * pgjdbc (Maven org.postgresql:postgresql). Facts: pgjdbc REL42.7.13 (3a699d5) jdbc/SslMode.java, ssl/LibPQFactory.java,
 * ssl/MakeSSL.java, core/SocketFactoryFactory.java, core/v3/ConnectionFactoryImpl.java; REL42.2.4 for what came before
 * 42.2.5. Names are case-sensitive, and one that it does not know is passed over without a word.
 */

const SSL_MODE = 'pgjdbc 42.7.13 jdbc/SslMode.java of()';
const MAKE_SSL = 'pgjdbc 42.7.13 ssl/MakeSSL.java';
const FACTORY = 'pgjdbc 42.7.13 ssl/LibPQFactory.java';
const OLD = 'pgjdbc 42.2.4 core/v3/ConnectionFactoryImpl.java openConnectionImpl()';
const PARSE = 'pgjdbc 42.7.13 Driver.java parseURL()';

/** What it reads about TLS (PGProperty.java), with the version it came with where that is later than 42.0. */
const READ: Readonly<Record<string, string>> = {
  ssl: '0', sslmode: '0', sslcert: '0', sslkey: '0', sslrootcert: '0', sslpassword: '0', sslpasswordcallback: '0', sslfactory: '0', sslfactoryarg: '0', sslhostnameverifier: '0',
  sslResponseTimeout: '42.2.5', sslNegotiation: '42.7.4', channelBinding: '42.7.4', requireAuth: '42.7.11', pemKeyAlgorithm: '42.7.4',
};

/** Names that look as if they were about TLS or the login; also what MySQL's and SQL Server's drivers read. */
const LOOKS_READ = /ssl|tls|channel_?binding|require_?auth|^(?:encrypt|trustServerCertificate|trustStore|verifyServerCertificate|trustCertificateKeyStoreUrl)$/i;

/** Who decides whether to trust the chain: `sslfactory`. */
type Trust = 'libpq' | 'anything' | 'java' | 'single' | 'own';

const FACTORIES: Readonly<Record<string, Trust>> = {
  'org.postgresql.ssl.LibPQFactory': 'libpq',
  'org.postgresql.ssl.jdbc4.LibPQFactory': 'libpq',
  'org.postgresql.ssl.NonValidatingFactory': 'anything',
  'org.postgresql.ssl.DefaultJavaSSLFactory': 'java',
  'org.postgresql.ssl.SingleCertValidatingFactory': 'single',
};

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  if (string !== null && string.form !== 'jdbc' && input.form !== 'jdbc') return refuses('other', { text: 'pgjdbc takes only URLs that begin with jdbc:postgresql:', source: PARSE });
  if (!isOfPgjdbc(string?.scheme ?? null)) return refuses('other', { text: 'pgjdbc takes only URLs that begin with jdbc:postgresql:, this one is for another driver', source: PARSE });
  if (string?.problem) return refuses('syntax', { text: `pgjdbc cannot read this URL: ${string.problem.message}`, source: PARSE });
  const noted = notes();
  const settings = string?.settings ?? [];
  const at = (wanted: string): boolean => compareVersions(version, wanted) >= 0;
  const read = (name: string): Setting | undefined => (at(READ[name] ?? '0') ? lastOf(settings.filter(({ key }) => key === name), name) : undefined);
  noteRepeats(noted, string, ['sslmode', 'ssl', 'sslrootcert', 'sslfactory'], 'pgjdbc', `${PARSE}: setProperty()`);
  noteUnread(input, at, noted);
  const connector = lastOf(settings, 'socketFactory');
  if (connector?.value === 'com.google.cloud.sql.postgres.SocketFactory') {
    const text = "the socket of Google's Cloud SQL connector has TLS of its own, and verifies the instance";
    return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: connector, reason: { text, source: 'https://cloud.google.com/java/docs/reference/jdbc-socket-factory-parent/latest/com.google.cloud.sql.postgres.SocketFactory', setting: connector } });
  }
  const refused = noteLogin(read, at, noted);
  if (refused !== undefined) return refuses('tls', refused);
  return at('42.2.5') ? current(input, read, noted) : before4225(input, read, noted);
}

/** Its own scheme, what wraps it (`jdbc:aws-wrapper:postgresql`), and forks that kept its ways. Not Redshift's driver, nor pgjdbc-ng (`jdbc:pgsql`). */
export function isOfPgjdbc(scheme: string | null): boolean {
  return scheme === null || !scheme.startsWith('jdbc:') || /:(?:postgresql|yugabytedb|cockroachdb)$/.test(scheme);
}

type Read = (name: string) => Setting | undefined;

/** What `ssl` says: `Boolean.parseBoolean`, and nothing behind the name is true. */
function isOn(ssl: Setting | undefined): boolean {
  return ssl !== undefined && (ssl.value === '' || ssl.value?.toLowerCase() === 'true');
}

function noteOddSsl(ssl: Setting | undefined, noted: Notes): void {
  if (ssl === undefined || ssl.value === null || isOn(ssl) || ssl.value.toLowerCase() === 'false') return;
  noted.unknownValues.push({ text: 'pgjdbc takes any `ssl` but `true` for false', source: 'pgjdbc 42.7.13 PGProperty.java getBoolean()', setting: ssl });
}

function current(input: DriverInput, read: Read, noted: Notes): Outcome {
  const [sslmode, ssl] = [read('sslmode'), read('ssl')];
  const word = sslmode?.value?.toLowerCase();
  if (sslmode !== undefined && !isMode(word)) return refuses('tls', { text: '`sslmode` has a value that pgjdbc does not know, it fails before it connects', source: SSL_MODE, setting: sslmode });
  const gss = read('gssEncMode');
  if (gss !== undefined && !['disable', 'allow', 'prefer', 'require'].includes(gss.value?.toLowerCase() ?? '')) {
    return refuses('other', { text: '`gssEncMode` has a value that pgjdbc does not know, it fails before it connects', source: 'pgjdbc 42.7.13 jdbc/GSSEncMode.java of(), 42.5.5 measured', setting: gss });
  }
  const mode: Mode = isMode(word) ? word : isOn(ssl) ? 'verify-full' : 'prefer';
  if (sslmode === undefined) noteOddSsl(ssl, noted);
  if (sslmode !== undefined && ssl !== undefined && (isOn(ssl) ? mode !== 'verify-full' : !isWeaker(mode, 'require'))) {
    noted.conflicts.push({ setting: ssl, winner: sslmode, text: `pgjdbc lets sslmode win over \`ssl\`${isOn(ssl) ? ', which alone would mean verify-full' : ''}`, source: SSL_MODE });
  }
  const by = sslmode ?? (isOn(ssl) ? (ssl ?? null) : null);
  const negotiation = read('sslNegotiation');
  if (negotiation !== undefined && !['postgres', 'direct'].includes(negotiation.value ?? '')) {
    noted.unknownValues.push({ text: 'pgjdbc does not know this `sslNegotiation` and takes it for postgres', source: 'pgjdbc 42.7.13 jdbc/SslNegotiation.java of()', setting: negotiation });
  }
  return verified(input, mode, by, read, noted);
}

function verified(input: DriverInput, mode: Mode, by: Setting | null, read: Read, noted: Notes): Outcome {
  const factory = read('sslfactory');
  const trust: Trust = factory === undefined ? 'libpq' : (FACTORIES[factory.value ?? ''] ?? 'own');
  const said = by === null ? 'no sslmode and no `ssl` is given, and pgjdbc then' : quoted(by);
  const encrypts = ENCRYPTS[mode];
  const answer = (verifies: Verifies, reason: Omit<Reason, 'setting'>, decidedBy: Setting | null = by): Outcome =>
    connects(noted, { encrypts, verifies, ...(trust === 'own' && verifies !== 'nothing' && { verifiesAtLeast: 'nothing' }), decidedBy, reason: { ...reason, ...(decidedBy === null ? {} : { setting: decidedBy }) } });
  noteRoot(mode, trust, read, noted);
  if (encrypts !== 'always') return answer('nothing', { text: `${said} ${WHY[mode]}`, source: SSL_MODE });
  if (trust === 'anything') {
    const text = `NonValidatingFactory accepts any certificate${isWeaker(mode, 'verify-ca') ? '' : `, whatever ${quoted(by ?? factory ?? nothing)} says`}`;
    return answer('nothing', { text, source: 'pgjdbc 42.7.13 ssl/NonValidatingFactory.java' }, factory ?? by);
  }
  const refused = trust === 'libpq' && !isWeaker(mode, 'verify-ca') ? needRoot(input, mode, read('sslrootcert'), by, noted) : trust === 'single' ? needArgument(read('sslfactoryarg'), factory) : undefined;
  if (refused !== undefined) return refuses('tls', refused);
  const checksChain = trust === 'java' || trust === 'single' || !isWeaker(mode, 'verify-ca');
  if (!checksChain) return answer('nothing', { text: `${said} ${WHY.require}${read('sslrootcert') === undefined ? '' : ', also with a root certificate'}`, source: FACTORY });
  if (mode !== 'verify-full') {
    const text = mode === 'require' ? `${said} leaves the certificate to \`sslfactory\`, which checks the chain, not the host name` : `${said} ${WHY['verify-ca']}`;
    return answer('chain', { text, source: mode === 'require' ? MAKE_SSL : FACTORY });
  }
  const verifier = read('sslhostnameverifier');
  if (verifier !== undefined && verifier.value !== 'org.postgresql.ssl.PGjdbcHostnameVerifier') {
    return answer('chain', { text: '`sslhostnameverifier` hands the host name to a class of its own, so what is checked is not known', source: `${MAKE_SSL} verifyPeerName()` }, verifier);
  }
  if (trust === 'own') return answer('chain-and-name', { text: `${said} leaves the certificate to \`sslfactory\`, a class of the program's own`, source: MAKE_SSL });
  return answer('chain-and-name', { text: `${said} ${by?.name === 'ssl' ? 'means verify-full and ' : ''}${WHY['verify-full']}`, source: `${MAKE_SSL} verifyPeerName()` });
}

/** Never shown: a mode that verifies is always said. */
const nothing: Setting = { name: 'sslmode', key: 'sslmode', value: null, place: 'string', span: { start: 0, end: 0 }, whole: { start: 0, end: 0 } };

/** sslrootcert is read by LibPQFactory alone, and there in the verify modes alone. */
function noteRoot(mode: Mode, trust: Trust, read: Read, noted: Notes): void {
  const root = read('sslrootcert');
  if (root === undefined || (trust === 'libpq' && !isWeaker(mode, 'verify-ca'))) return;
  const text = trust === 'libpq' ? 'pgjdbc reads sslrootcert only for verify-ca and verify-full' : 'pgjdbc does not read sslrootcert where `sslfactory` names another class';
  noted.ignored.push({ setting: root, harmless: true, text, source: FACTORY });
}

function needRoot(input: DriverInput, mode: Mode, root: Setting | undefined, by: Setting | null, noted: Notes): Reason | undefined {
  if (root !== undefined) {
    if (root.value !== 'system' && root.value !== '') return undefined;
    return { text: root.value === '' ? 'an empty `sslrootcert` names no file' : 'pgjdbc takes `system` for the name of a file, and that is not there', source: FACTORY, setting: root };
  }
  if (input.rootCertificate === undefined) noted.needs.push('root-certificate');
  if (input.rootCertificate !== 'absent') return undefined;
  return { text: `${mode} needs a root certificate, and the file ~/.postgresql/root.crt is not there`, source: FACTORY, ...(by === null ? {} : { setting: by }) };
}

function needArgument(argument: Setting | undefined, factory: Setting | undefined): Reason | undefined {
  if (argument !== undefined && argument.value !== '') return undefined;
  return { text: 'SingleCertValidatingFactory fails without `sslfactoryarg`', source: 'pgjdbc 42.7.13 ssl/SingleCertValidatingFactory.java', ...(factory === undefined ? {} : { setting: factory }) };
}

/** Up to 42.2.4: disable, require and the verify modes alone, in lower case; `ssl=true` takes Java's own trust store and never checks the name. */
function before4225(input: DriverInput, read: Read, noted: Notes): Outcome {
  const [sslmode, ssl, factory] = [read('sslmode'), read('ssl'), read('sslfactory')];
  if (sslmode === undefined) noteOddSsl(ssl, noted);
  const known = ['disable', 'require', 'verify-ca', 'verify-full'];
  if (sslmode !== undefined && !known.includes(sslmode.value ?? '')) {
    return refuses('tls', { text: '`sslmode` has a value that pgjdbc knows from 42.2.5 on, or not at all', source: OLD, setting: sslmode });
  }
  if (sslmode !== undefined && ssl !== undefined && isOn(ssl) === (sslmode.value === 'disable')) {
    noted.conflicts.push({ setting: ssl, winner: sslmode, text: 'pgjdbc lets sslmode win over `ssl`', source: OLD });
  }
  const by = sslmode ?? (isOn(ssl) ? (ssl ?? null) : null);
  const setting = by === null ? {} : { setting: by };
  const mode: Mode = sslmode !== undefined && isMode(sslmode.value) ? sslmode.value : isOn(ssl) ? 'verify-ca' : 'disable';
  const trust: Trust = factory === undefined ? (sslmode === undefined ? 'java' : 'libpq') : (FACTORIES[factory.value ?? ''] ?? 'own');
  noteRoot(mode, trust, read, noted);
  const source = 'pgjdbc 42.2.4 ssl/MakeSSL.java convert()';
  if (mode === 'disable') return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: by, reason: { text: by === null ? 'no sslmode and no `ssl` is given, and pgjdbc then never tries TLS before 42.2.5' : `${quoted(by)} ${WHY.disable}`, source: OLD, ...setting } });
  if (trust === 'anything') {
    return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: factory ?? by, reason: { text: 'NonValidatingFactory accepts any certificate', source, ...(factory ? { setting: factory } : setting) } });
  }
  const refused = trust === 'libpq' && !isWeaker(mode, 'verify-ca') ? needRoot(input, mode, read('sslrootcert'), by, noted) : undefined;
  if (refused !== undefined) return refuses('tls', refused);
  const said = by === null ? 'pgjdbc' : quoted(by);
  if (mode === 'require' && trust === 'libpq') return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: by, reason: { text: `${said} ${WHY.require}`, source, ...setting } });
  // CVE-2018-10936: the name is checked for LibPQFactory alone.
  if (mode === 'verify-full' && trust === 'libpq') return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: by, reason: { text: `${said} ${WHY['verify-full']}`, source, ...setting } });
  return connects(noted, { encrypts: 'always', verifies: 'chain', decidedBy: by, reason: { text: `${said} ${WHY['verify-ca']}${mode === 'verify-full' ? ' before 42.2.5 where `sslfactory` is given (CVE-2018-10936)' : ''}`, source, ...setting } });
}

/** channelBinding and requireAuth: words that are refused, and what they are good for. */
function noteLogin(read: Read, at: (version: string) => boolean, noted: Notes): Reason | undefined {
  const binding = read('channelBinding');
  if (binding !== undefined && !['disable', 'prefer', 'require'].includes(binding.value ?? '')) {
    return { text: '`channelBinding` has a value that pgjdbc does not know, it fails before it connects', source: 'pgjdbc 42.7.13 core/v3/ChannelBinding.java of()', setting: binding };
  }
  // Until 42.7.7 (CVE-2025-49146) it was not enforced, until 42.7.12 (CVE-2026-54291) a certificate with an Ed25519 key got around it.
  if (binding?.value === 'require' && at('42.7.12')) noted.mitigations.push('channel-binding');
  const auth = read('requireAuth');
  if (auth === undefined) return undefined;
  const allowed = allowedMethods(auth.value ?? '', ['none', 'password', 'md5', 'gss', 'sspi', 'scram-sha-256']);
  if (allowed === null) return { text: '`requireAuth` has a value that pgjdbc does not know, it fails before it connects', source: 'pgjdbc 42.7.13 core/AuthMethod.java parseRequireAuth()', setting: auth };
  if (auth.value !== '' && !allowed.includes('password')) noted.mitigations.push('no-cleartext-password');
  return undefined;
}

function noteUnread(input: DriverInput, at: (version: string) => boolean, noted: Notes): void {
  for (const setting of input.string?.settings ?? []) {
    const since = Object.hasOwn(READ, setting.key) ? READ[setting.key] : undefined;
    if (!LOOKS_READ.test(setting.key) || (since !== undefined && at(since))) continue;
    const right = Object.keys(READ).find((name) => name.toLowerCase() === setting.key.toLowerCase().replaceAll(/[_-]/g, ''));
    const text = since !== undefined ? `pgjdbc reads this from ${since} on` : right === undefined ? 'pgjdbc knows no parameter of this name' : `pgjdbc knows it only as \`${right}\``;
    noted.ignored.push({ setting, harmless: true, text, source: 'pgjdbc 42.7.13 PGProperty.java' });
  }
  for (const name of ['PGSSLMODE', 'PGSSLROOTCERT', 'PGSSLCERT', 'PGSSLKEY', 'PGCHANNELBINDING', 'PGREQUIREAUTH']) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `pgjdbc never reads ${name}, only the URL and its properties`, source: PARSE });
  }
}

function spell(mode: Mode, root: string | null, version: string): Spelling {
  const verifies = !isWeaker(mode, 'verify-ca');
  const old = compareVersions(version, '42.2.5') < 0;
  // Without a file LibPQFactory fails; Java's own trust store holds the public roots.
  const trust: readonly (readonly [string, string])[] = !verifies ? [] : root !== null ? [['sslrootcert', `/path/to/${root}`]] : old ? [['sslrootcert', '/path/to/public-roots.pem']] : [['sslfactory', 'org.postgresql.ssl.DefaultJavaSSLFactory']];
  return { string: [['sslmode', mode], ...trust], options: null, environment: null, condition: null };
}

/** 42.2.4 stands for it and all before. */
const VERSIONS = [{ label: '42.2.4', since: '0', released: true }, ...['42.2.5', '42.7.4', '42.7.11', '42.7.12'].map((label) => ({ label, released: true }))];

/** pgjdbc up to 42.7. */
export const pgjdbc: Driver = {
  id: 'pgjdbc',
  title: 'pgjdbc',
  versions: VERSIONS,
  forms: ['jdbc'],
  commonFor: ['jdbc'],
  schemes: [],
  packages: { maven: ['org.postgresql:postgresql'] },
  samples: {
    string: { sslmode: [...MODES, 'typo'], ssl: ['true', 'false'], sslfactory: Object.keys(FACTORIES), sslrootcert: ['root.crt'], sslhostnameverifier: ['org.postgresql.ssl.PGjdbcHostnameVerifier', 'own'], channelBinding: ['prefer', 'require'] },
    environment: {},
    options: {},
  },
  versionOf: (packages) => (packages['org.postgresql:postgresql'] === undefined ? undefined : labelOf(VERSIONS, packages['org.postgresql:postgresql'])),
  outcome,
  spell,
};
