import type { Encrypts, Mode, Verifies } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import { truthiness } from '../value.ts';
import { readBunQuery } from './bun-query.ts';
import { MODE_OF_BUN, type Said, atLeast, noteUnreadOptions, tlsOption } from './bun-settings.ts';
import type { Connects, Driver, DriverInput, Outcome, PackageVersions, Reason, Refuses, Spelling } from './driver.ts';
import { ENCRYPTS, WHY } from './libpq-modes.ts';
import { type Notes, connects, notes, quoted, refuses } from './outcome.ts';
import { isTlsSetting, refusedByServer } from './startup-parameters.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * Bun's own SQL. Facts: the JavaScript inside the published binaries, internal/sql/options.ts parseOptions() of Bun 1.4.5
 * and internal/sql/shared.ts parseOptions() of Bun 1.2.23 and 1.3.14, which are the same; both measured (test/lab).
 * The URLs that it finds in the environment by itself (TLS_DATABASE_URL means require) are not seen here.
 */

const OPTIONS = 'Bun 1.4.5 internal/sql/options.ts parseOptions()';
const SHARED = 'Bun 1.3.14 internal/sql/shared.ts parseOptions()';

function outcome(input: DriverInput, version: string): Outcome {
  const isOld = compareVersions(version, '1.4') < 0;
  const source = isOld ? SHARED : OPTIONS;
  const noted = notes();
  const query = readBunQuery(input.string, isOld);
  if ('refuses' in query) return query.refuses;
  noted.ignored.push(...query.ignored);
  noteUnreadOptions(input, noted, source);
  const answer = isOld ? answerOfOld(input, query.mode, noted) : answerOf(input, query, noted);
  const unknown = refusedByServer(query.parameters, new Set());
  if (unknown === undefined || answer.kind === 'refuses') return answer;
  const sent = answer.encrypts === 'always' ? '' : ', after the login went out in plaintext';
  return refuses(isTlsSetting(unknown.name) ? 'tls' : 'other', { text: `Bun sends \`${unknown.key}\` to the server, and PostgreSQL refuses it${sent}`, source, setting: unknown });
}

/** Up to 1.3: `tls` alone means prefer, prefer never goes on in plaintext, and verify-ca checks the host name too: measured. */
function answerOfOld(input: DriverInput, said: Said | undefined, noted: Notes): Connects | Refuses {
  const variable = input.environment.get('PGSSLMODE');
  if (variable !== undefined) noted.ignored.push({ setting: variable, harmless: false, text: 'Bun reads PGSSLMODE from 1.4 on', source: SHARED });
  const option = tlsOption(input.options);
  const on = truthiness(option?.value) === true ? option : undefined;
  const mode: Mode = said?.mode ?? 'disable';
  const isOff = mode === 'disable';
  if (on?.problem?.setting?.name.endsWith('rejectUnauthorized') === true) return refuses('tls', on.problem);
  if (on !== undefined && isOff) {
    // Only beside a mode is it spread into an object.
    if (on.value.kind === 'literal' && on.value.value !== true) return refuses('tls', { text: 'Bun up to 1.3 takes true, false or an object for `tls`, and throws on anything else', source: SHARED, setting: on.setting });
    if (said !== undefined) noted.conflicts.push({ setting: said.by, winner: on.setting, text: `Bun lets ${quoted(on.setting)} win over sslmode=disable`, source: SHARED });
    return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: on.setting, reason: { text: `${quoted(on.setting)} ${WHY.require} in Bun up to 1.3`, source: SHARED, setting: on.setting } });
  }
  const reject = isOff ? undefined : option?.reject;
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  if (reject?.value === false && verifies) {
    return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: reject.setting, reason: { text: '`rejectUnauthorized: false` accepts any certificate, whatever sslmode says', source: SHARED, setting: reject.setting } });
  }
  const bypass = input.environment.get('NODE_TLS_REJECT_UNAUTHORIZED');
  if (verifies && reject === undefined && bypass?.value === 'false') {
    const text = 'Bun up to 1.3 takes NODE_TLS_REJECT_UNAUTHORIZED=false for 0, and accepts any certificate';
    return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: bypass, reason: { text, source: 'Bun 1.3.14, measured', setting: bypass } });
  }
  return plain(noted, verifies ? 'verify-full' : isOff ? mode : 'require', said?.by ?? null, SHARED, reject === undefined);
}

/** From 1.4 on. */
function answerOf(input: DriverInput, query: Exclude<ReturnType<typeof readBunQuery>, { refuses: Refuses }>, noted: Notes): Connects | Refuses {
  const variable = input.environment.get('PG_SSLMODE') ?? input.environment.get('PGSSLMODE');
  const ofVariable = variable === undefined || variable.value === '' ? undefined : MODE_OF_BUN.get(variable.value?.toLowerCase() ?? '');
  if (variable !== undefined && variable.value !== '' && ofVariable === undefined) return unknownWord(variable);
  const binding = query.binding ?? tlsOption(input.options)?.binding ?? input.environment.get('PGCHANNELBINDING');
  if (binding !== undefined && !['', 'disable', 'prefer', 'require'].includes(binding.value ?? '')) {
    return refuses('tls', { text: `Bun takes disable, prefer or require for \`${binding.key}\`, and throws`, source: OPTIONS, setting: binding });
  }
  const option = tlsOption(input.options);
  if (option?.problem !== undefined) return refuses('tls', option.problem);

  let mode: Mode = query.mode?.mode ?? ofVariable ?? 'disable';
  let by: Setting | null = query.mode?.by ?? (ofVariable === undefined ? null : (variable ?? null));
  const beat = (setting: Setting): void => {
    if (query.mode?.by !== undefined && by === query.mode.by) noted.conflicts.push({ setting: query.mode.by, winner: setting, text: `Bun lets ${quoted(setting)} win over it`, source: OPTIONS });
  };
  const take = (next: Mode, setting: Setting): void => {
    if (next !== mode) beat(setting);
    [mode, by] = [next, setting];
  };
  const on = option?.isOn === true ? option.setting : option?.word === undefined && option?.isOff !== true ? query.tls : undefined;
  if (option?.word !== undefined) take(option.word, option.setting);
  else if (option?.isOff === true) take('disable', option.setting);
  if (on !== undefined && !atLeast(mode, 'require')) take('require', on);
  const reject = option?.reject ?? query.reject;
  const authority = option?.authority ?? query.authority;
  if (mode !== 'disable' && !atLeast(mode, 'verify-ca')) {
    const checks = reject?.value === true ? reject.setting : reject?.value !== false ? (authority ?? option?.identity?.setting) : undefined;
    if (checks !== undefined) take('verify-full', checks);
  }
  if (option?.alias !== undefined && !atLeast(mode, option.alias.mode)) take(option.alias.mode, option.alias.by);
  if (isSocket(input, query.host)) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, and Bun uses no TLS there', source: OPTIONS } });
  if (binding?.value === 'require') {
    if (mode === 'disable') return refuses('tls', { text: 'Bun refuses to log in without TLS where channel binding is required', source: OPTIONS, setting: binding });
    noted.mitigations.push('channel-binding');
  }
  if (mode !== 'disable' && reject?.value === false) {
    const encrypts: Encrypts = ENCRYPTS[mode];
    return connects(noted, { encrypts, verifies: 'nothing', decidedBy: reject.setting, reason: { text: '`rejectUnauthorized: false` accepts any certificate, whatever else is said', source: OPTIONS, setting: reject.setting } });
  }
  if (option?.identity?.acceptsAny === true && mode === 'verify-full') {
    const reason: Reason = { text: '`checkServerIdentity` never fails, so a certificate for any other host name is accepted', source: OPTIONS, setting: option.identity.setting };
    return connects(noted, { encrypts: 'always', verifies: 'chain', decidedBy: option.identity.setting, reason, obeysNodeTlsEnv: reject === undefined });
  }
  return plain(noted, mode, by, OPTIONS, reject === undefined);
}

function plain(noted: Notes, mode: Mode, by: Setting | null, source: string, obeysNodeTlsEnv: boolean): Connects {
  const said = by === null ? 'no `tls` and no sslmode is given, and Bun then' : quoted(by);
  if (by === null) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: `${said} never tries TLS`, source } });
  return answered(noted, mode, by, said, source, by, obeysNodeTlsEnv);
}

function answered(noted: Notes, mode: Mode, decidedBy: Setting, said: string, source: string, setting: Setting, obeysNodeTlsEnv: boolean): Connects {
  const verifies: Verifies = mode === 'verify-full' ? 'chain-and-name' : mode === 'verify-ca' ? 'chain' : 'nothing';
  const because = mode === 'verify-full' ? 'checks the certificate chain and the host name' : WHY[mode];
  return connects(noted, { encrypts: ENCRYPTS[mode], verifies, decidedBy, reason: { text: `${said} ${because}`, source, setting }, obeysNodeTlsEnv: obeysNodeTlsEnv && verifies !== 'nothing' });
}

function unknownWord(setting: Setting): Refuses {
  return refuses('tls', { text: `\`${setting.key}\` has a value that Bun does not know, it throws before it connects`, source: `${OPTIONS}: normalizeSSLMode()`, setting });
}

function isSocket(input: DriverInput, host: string | undefined): boolean {
  const option = tlsOption(input.options)?.host;
  return (option ?? host ?? input.environment.get('PGHOST')?.value ?? '').startsWith('/');
}

function spell(mode: Mode, root: string | null, version: string): Spelling {
  const isOld = compareVersions(version, '1.4') < 0;
  const word = mode === 'allow' ? 'prefer' : mode;
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  const file = root === null || !verifies ? null : `/path/to/${root}`;
  // Up to 1.3 the URL can name no root certificate, and `tls` says no mode.
  const string = file === null ? ([['sslmode', word]] as const) : isOld ? null : ([['sslmode', word], ['sslrootcert', file]] as const);
  const ca = file === null ? '' : `ca: readFileSync('${file}', 'utf8')`;
  const options = mode === 'disable' ? 'tls: false' : isOld ? null : file === null ? `tls: '${word}'` : mode === 'verify-full' ? `tls: { ${ca} }` : null;
  return { string, options, environment: isOld || file !== null ? null : [['PGSSLMODE', word]], condition: isOld && file !== null ? `with \`tls: { ${ca} }\` beside it` : null };
}

const VERSIONS = [{ label: '1.3', since: '1.2', released: true }, { label: '1.4', released: true }];
const WORDS = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'typo'];

function versionOf(packages: PackageVersions): string | undefined {
  const version = packages.bun ?? packages['@types/bun'] ?? packages['bun-types'];
  return version === undefined ? undefined : labelOf(VERSIONS, version);
}

/** Bun's SQL, 1.2 to 1.4. */
export const bun: Driver = {
  id: 'bun',
  title: 'Bun',
  versions: VERSIONS,
  forms: ['url', 'options', 'group'],
  commonFor: [],
  schemes: [],
  packages: {},
  samples: {
    string: { sslmode: WORDS, ssl: ['true', 'false', 'require', 'verify-full', 'typo'], sslrootcert: ['', 'root.crt', 'system'], channel_binding: ['prefer', 'require'] },
    environment: { PGSSLMODE: WORDS },
    options: {
      tls: [undefined, true, false, 'prefer', 'require', 'verify-full', { rejectUnauthorized: false }, { rejectUnauthorized: true }],
      ssl: [undefined, true, false, 'require', 'verify-full', { rejectUnauthorized: false }],
      'tls.rejectUnauthorized': [undefined, true, false],
      'ssl.rejectUnauthorized': [undefined, true, false],
    },
  },
  versionOf,
  outcome,
  spell,
};
