import type { Mode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, Reason, Spelling } from './driver.ts';
import { ENCRYPTS, VERIFIES, WHY, allowedMethods } from './libpq-modes.ts';
import { type Notes, connects, lastOf, noteRepeats, notes, quoted, refuses, withReason } from './outcome.ts';

/*
 * Npgsql, for .NET. Facts: npgsql v5.0.18, v6.0.13, v7.0.10, v8.0.9, v9.0.5 and v10.0.3 NpgsqlConnector.cs and
 * NpgsqlConnectionStringBuilder.cs. It never reads PGSSLMODE.
 */

const BUILDER = 'Npgsql 10.0.3 NpgsqlConnectionStringBuilder.cs';
const tag = (version: string): string => ({ '5': '5.0.18', '6': '6.0.13', '7': '7.0.10', '8': '8.0.9', '9': '9.0.5' })[version] ?? '10.0.3';

/** Keys about TLS and the login, in lower case: property and display names, and the versions that know them. Any other is refused ("Couldn't set"). */
const KEYS: Readonly<Record<string, readonly [since: number, until: number]>> = {
  ...Object.fromEntries(['ssl mode', 'sslmode', 'trust server certificate', 'trustservercertificate', 'root certificate', 'rootcertificate', 'check certificate revocation', 'checkcertificaterevocation'].map((key) => [key, [5, 99]] as const)),
  ...Object.fromEntries(['client certificate', 'clientcertificate', 'client certificate key', 'clientcertificatekey', 'use ssl stream', 'usesslstream'].map((key) => [key, [5, 7]] as const)),
  ...Object.fromEntries(['ssl certificate', 'sslcertificate', 'ssl key', 'sslkey', 'ssl password', 'sslpassword'].map((key) => [key, [6, 99]] as const)),
  'channel binding': [8, 99], channelbinding: [8, 99], 'ssl negotiation': [9, 99], sslnegotiation: [9, 99], 'require auth': [10, 99], requireauth: [10, 99],
};

const LOOKS_KNOWN = /ssl|tls|certificate|channel.?binding|require.?auth|^encrypt$/i;

/** The enumeration SslMode, in order: Enum.Parse takes names in any case and numbers. */
const MODES_OF_5: readonly Mode[] = ['disable', 'prefer', 'require'];
const MODES_OF_6: readonly Mode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

function outcome(input: DriverInput, label: string): Outcome {
  const version = Number(label);
  const { string } = input;
  // A single pair looks the same in both forms.
  const isPairs = string === null || string.form === 'ado' || (string.form === 'keyword-value' && string.settings.length < 2);
  if (!isPairs && input.form !== 'ado') return refuses('other', { text: 'Npgsql takes only pairs with semicolons between them, `Key=Value;Key=Value`', source: `${BUILDER} DbConnectionStringBuilder` });
  if (string?.problem) return refuses('syntax', { text: `Npgsql cannot read this string: ${string.problem.message}`, source: 'System.Data.Common.DbConnectionStringBuilder' });
  const noted = notes();
  const unknown = unknownKey(string?.settings ?? [], version);
  if (unknown !== undefined) return refuses('tls', unknown);
  // An empty value takes the key away again (DbConnectionStringBuilder).
  const read = (name: string): Setting | undefined => {
    const setting = lastOf(string?.settings ?? [], name);
    return setting?.value === '' ? undefined : setting;
  };
  noteRepeats(noted, string, ['sslmode', 'sslrootcert'], 'Npgsql', `${BUILDER} this[keyword]`);
  noteUnread(input, version, noted);

  const sslmode = read('sslmode');
  const mode = sslmode === undefined ? (version === 5 ? 'disable' : 'prefer') : modeOfWord(sslmode.value ?? '', version);
  if (mode === undefined || sslmode?.value === null) {
    const text = `\`${sslmode?.key ?? 'SSL Mode'}\` has a value that Npgsql ${label} does not know, it fails before it connects`;
    return refuses('tls', { text, source: `Npgsql ${tag(label)} NpgsqlConnectionStringBuilder.cs SslMode`, ...(sslmode ? { setting: sslmode } : {}) });
  }
  const refused = checkWords(input, read, mode, version, noted);
  if (refused !== undefined) return refuses('tls', refused);
  const trust = trustSetting(string?.settings ?? []);
  const answer = version === 5 ? five(input, mode, sslmode ?? null, trust, read, noted) : sixAndLater(mode, sslmode ?? null, trust, read, version, noted);
  const binding = read('channel_binding');
  const isUseless = answer.kind === 'connects' && answer.verifies !== 'chain-and-name' && binding !== undefined && isRequired(binding) && !noted.mitigations.includes('channel-binding');
  return withReason(answer, isUseless ? { text: `${quoted(binding)} binds only a server that asks for SCRAM: one that asks for a plain password gets it`, source: 'Npgsql 10.0.3 Internal/NpgsqlConnector.Auth.cs Authenticate()', setting: binding } : undefined);
}

function unknownKey(settings: readonly Setting[], version: number): Reason | undefined {
  for (const setting of settings) {
    if (!LOOKS_KNOWN.test(setting.key)) continue;
    const [since, until] = KEYS[setting.key.toLowerCase()] ?? [0, -1];
    if (since <= version && version <= until) continue;
    const text = until < 0 ? 'Npgsql knows no key of this name' : version < since ? `Npgsql ${String(version)} knows no such key, Npgsql ${String(since)} brought it` : `Npgsql ${String(version)} knows no such key, Npgsql ${String(until + 1)} dropped it`;
    return { text, source: `${BUILDER} this[keyword]: "Couldn't set"`, setting };
  }
  return undefined;
}

function modeOfWord(value: string, version: number): Mode | undefined {
  const modes = version === 5 ? MODES_OF_5 : MODES_OF_6;
  const word = value.trim().toLowerCase();
  if (/^\d+$/.test(word)) return modes[Number(word)];
  return modes.find((mode) => mode.replaceAll('-', '') === word);
}

interface TrustSetting {
  readonly setting: Setting | undefined;
  readonly on: boolean;
}

function trustSetting(settings: readonly Setting[]): TrustSetting {
  const setting = settings.findLast(({ key }) => /^trust ?server ?certificate$/i.test(key));
  return { setting, on: setting?.value?.trim().toLowerCase() === 'true' };
}

/** Npgsql 5 verifies by default, and knows no words for it. */
function five(input: DriverInput, mode: Mode, by: Setting | null, trust: TrustSetting, read: (name: string) => Setting | undefined, noted: Notes): Outcome {
  const source = 'Npgsql 5.0.18 NpgsqlConnector.cs RawOpen()';
  const setting = by === null ? {} : { setting: by };
  const root = read('sslrootcert') ?? input.environment.get('PGSSLROOTCERT');
  if (mode === 'disable') return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: by, reason: { text: by === null ? 'no SSL Mode is given, and Npgsql 5 then never tries TLS' : `${quoted(by)} ${WHY.disable}`, source, ...setting } });
  const said = by === null ? 'Npgsql 5' : quoted(by);
  if (mode === 'prefer') return connects(noted, { encrypts: 'if-server-offers', verifies: 'nothing', decidedBy: by, reason: { text: `${said} ${WHY.prefer}`, source, ...setting } });
  if (trust.on && trust.setting !== undefined) return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: trust.setting, reason: { text: `${quoted(trust.setting)} accepts any certificate`, source, setting: trust.setting } });
  // SslRootValidation() builds the chain and never looks at the name.
  if (root !== undefined || input.rootCertificate === 'present') return connects(noted, { encrypts: 'always', verifies: 'chain', decidedBy: by, reason: { text: `${said} with a root certificate checks the certificate chain, not the host name`, source: 'Npgsql 5.0.18 NpgsqlConnector.cs SslRootValidation()', ...setting } });
  return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: by, reason: { text: `${said} ${WHY['verify-full']} in Npgsql 5`, source, ...setting } });
}

function sixAndLater(mode: Mode, by: Setting | null, trust: TrustSetting, read: (name: string) => Setting | undefined, version: number, noted: Notes): Outcome {
  const source = `Npgsql ${tag(String(version))} Internal/NpgsqlConnector.cs ${version < 8 ? 'RawOpen()' : 'NegotiateEncryption()'}`;
  const setting = by === null ? {} : { setting: by };
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  if (version < 8 && trust.on && (mode === 'allow' || verifies)) {
    return refuses('tls', { text: `Npgsql ${String(version)} refuses Trust Server Certificate together with ${quoted(by ?? trust.setting ?? NONE)}`, source: `Npgsql ${tag(String(version))} NpgsqlConnectionStringBuilder.cs Validate()`, ...(trust.setting ? { setting: trust.setting } : {}) });
  }
  if (version < 8 && mode === 'require' && !trust.on) {
    const text = `Npgsql ${String(version)} fails on SSL Mode=Require without Trust Server Certificate=true: it wants VerifyFull for a certificate that is checked`;
    return refuses('tls', { text, source, ...setting });
  }
  const root = read('sslrootcert');
  if (root !== undefined && !verifies) noted.ignored.push({ setting: root, harmless: true, text: 'Npgsql reads Root Certificate only for VerifyCA and VerifyFull', source });
  if (version >= 8 && trust.setting !== undefined) {
    noted.ignored.push({ setting: trust.setting, harmless: true, text: 'Trust Server Certificate "is no longer needed and does nothing" from Npgsql 8 on', source: `${BUILDER} TrustServerCertificate` });
  }
  const said = by === null ? 'no SSL Mode is given, and Npgsql then' : quoted(by);
  const text = mode === 'prefer' ? `${said} ${WHY.prefer} or turns the login down` : `${said} ${WHY[mode]}${mode === 'require' && root !== undefined ? ', also with a root certificate' : ''}`;
  return connects(noted, { encrypts: ENCRYPTS[mode], verifies: VERIFIES[mode], decidedBy: by, reason: { text, source: mode === 'prefer' || mode === 'allow' ? 'Npgsql 10.0.3 Internal/NpgsqlConnector.cs OpenCore()' : source, ...setting } });
}

/** Never shown: one of the two is always said. */
const NONE: Setting = { name: 'sslmode', key: 'SSL Mode', value: null, place: 'string', span: { start: 0, end: 0 }, whole: { start: 0, end: 0 } };

/** The other words: the first that is refused, and what they are good for. */
function checkWords(input: DriverInput, read: (name: string) => Setting | undefined, mode: Mode, version: number, noted: Notes): Reason | undefined {
  const unknown = (setting: Setting): Reason => ({ text: `\`${setting.key}\` has a value that Npgsql does not know, it fails before it connects`, source: BUILDER, setting });
  const negotiation = version >= 9 ? (read('sslnegotiation') ?? input.environment.get('PGSSLNEGOTIATION')) : undefined;
  const word = negotiation?.value?.trim().toLowerCase();
  // A variable that is no word of the enumeration is passed over (GetSslNegotiation).
  if (negotiation?.place === 'string' && !['postgres', 'direct', '0', '1'].includes(word ?? '')) return unknown(negotiation);
  if (negotiation !== undefined && (word === 'direct' || word === '1') && ENCRYPTS[mode] !== 'always') {
    return { text: 'Npgsql refuses SSL Negotiation=Direct without SSL Mode=Require or stronger', source: `${BUILDER} PostProcessAndValidate()`, setting: negotiation };
  }
  const binding = read('channel_binding');
  if (binding !== undefined && !['disable', 'prefer', 'require', '0', '1', '2'].includes(binding.value?.trim().toLowerCase() ?? '')) return unknown(binding);
  const auth = version >= 10 ? (read('require_auth') ?? input.environment.get('PGREQUIREAUTH')) : undefined;
  if (auth === undefined || auth.value === null) return undefined;
  const allowed = allowedMethods(auth.value.split(',').map((each) => each.trim()).filter((each) => each !== '').join(','), ['Password', 'MD5', 'GSS', 'SSPI', 'ScramSHA256', 'None']);
  if (allowed === null) return unknown(auth);
  if (!allowed.includes('Password')) noted.mitigations.push('no-cleartext-password');
  // Channel Binding alone protects nothing: only a server that asks for SCRAM is held to it (NpgsqlConnector.Auth.cs, Authenticate).
  if (binding !== undefined && isRequired(binding) && allowed.every((method) => method === 'ScramSHA256')) noted.mitigations.push('channel-binding');
  return undefined;
}

/** `Require`, or its number in the enumeration. */
function isRequired(binding: Setting): boolean {
  return ['require', '2'].includes(binding.value?.trim().toLowerCase() ?? '');
}

function noteUnread(input: DriverInput, version: number, noted: Notes): void {
  for (const name of ['PGSSLMODE', 'PGCHANNELBINDING', ...(version < 10 ? ['PGREQUIREAUTH'] : []), ...(version < 9 ? ['PGSSLNEGOTIATION'] : [])]) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `Npgsql never reads ${name}`, source: `Npgsql ${tag(String(version))} PostgresEnvironment.cs` });
  }
}

const WORD: Readonly<Record<Mode, string>> = { disable: 'Disable', allow: 'Allow', prefer: 'Prefer', require: 'Require', 'verify-ca': 'VerifyCA', 'verify-full': 'VerifyFull' };

function spell(mode: Mode, root: string | null, label: string): Spelling {
  const version = Number(label);
  const file = root === null ? [] : ([['Root Certificate', `/path/to/${root}`]] as const);
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  if (version === 5) {
    const words: readonly (readonly [string, string])[] = verifies ? [['SSL Mode', 'Require']] : mode === 'require' ? [['SSL Mode', 'Require'], ['Trust Server Certificate', 'true']] : [['SSL Mode', mode === 'disable' ? 'Disable' : 'Prefer']];
    return { string: words, options: null, environment: null, condition: verifies && root !== null ? `with ${root} among the roots of the system` : null };
  }
  const trust = version < 8 && mode === 'require' ? ([['Trust Server Certificate', 'true']] as const) : [];
  return { string: [['SSL Mode', WORD[mode]], ...trust, ...(verifies ? file : [])], options: null, environment: null, condition: null };
}

/** Npgsql 5 to 10. */
export const npgsql: Driver = {
  id: 'npgsql',
  title: 'Npgsql',
  versions: ['5', '6', '7', '8', '9', '10'].map((label) => ({ label, released: true })),
  forms: ['ado'],
  commonFor: ['ado'],
  schemes: [],
  packages: { nuget: ['Npgsql', 'Npgsql.EntityFrameworkCore.PostgreSQL'] },
  samples: {
    string: { sslmode: [...Object.values(WORD), 'typo'], sslrootcert: ['', 'root.crt'], sslnegotiation: ['Postgres', 'Direct'], 'Trust Server Certificate': ['true', 'false'], TrustServerCertificate: ['true', 'false'] },
    environment: { PGSSLROOTCERT: ['root.crt'] },
    options: {},
  },
  // Of the same major version since 2016.
  versionOf: (packages) => (packages.Npgsql ?? packages['Npgsql.EntityFrameworkCore.PostgreSQL'])?.split('.')[0],
  outcome,
  spell,
};
