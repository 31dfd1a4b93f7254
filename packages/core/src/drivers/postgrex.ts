import type { Mode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import { type Value, truthiness } from '../value.ts';
import type { Driver, DriverInput, Outcome, Reason, Spelling } from './driver.ts';
import { type Notes, connects, lastOf, noteRepeats, nameOf, notes, optionOf, quoted, refuses } from './outcome.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * Postgrex, for Elixir, with the URL as Ecto hands it on. Facts: postgrex v0.22.2 lib/postgrex/protocol.ex connect() and
 * ssl_recv(), the tags v0.15.13 to v0.22.2 for when a branch came; ecto 00fc0b0 lib/ecto/repo/supervisor.ex parse_url():
 * each parameter of the URL becomes a key of the configuration and wins over one that is written there. Of PG* variables it
 * reads the connection's place and login alone (lib/postgrex/utils.ex default_opts()).
 */

const CONNECT = 'postgrex 0.22.2 lib/postgrex/protocol.ex connect()';
const PARSE_URL = 'ecto 00fc0b0 lib/ecto/repo/supervisor.ex parse_url()';

/** What `ssl` is, and who said it. */
interface Ssl {
  readonly value: Value;
  readonly by: Setting;
}

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `Ecto cannot read this string: ${string.problem.message}`, source: PARSE_URL });
  if (string !== null && string.form !== 'url') return refuses('other', { text: 'Postgrex takes no string, and Ecto before it only URLs', source: PARSE_URL });
  const noted = notes();
  noteRepeats(noted, string, ['ssl'], 'Ecto', PARSE_URL, 'last');
  noteUnread(input, noted);
  const parameter = lastOf(string?.settings ?? [], 'ssl');
  if (parameter !== undefined && parameter.value !== 'true' && parameter.value !== 'false') {
    return refuses('tls', { text: 'Ecto takes ssl=true and ssl=false; any other word stays a text, which Postgrex has no clause for', source: PARSE_URL, setting: parameter });
  }
  const option = optionOf(input.options, 'ssl');
  if (parameter !== undefined && option !== undefined) noted.conflicts.push({ setting: option.setting, winner: parameter, text: "Ecto puts the URL's `ssl` in place of the one in the configuration, options and all", source: PARSE_URL });
  const ssl: Ssl | undefined =
    parameter !== undefined ? { value: { kind: 'literal', value: parameter.value === 'true', span: parameter.span }, by: parameter } : option === undefined ? undefined : { value: option.value, by: option.setting };
  return answer(input, ssl, version, noted);
}

function answer(input: DriverInput, ssl: Ssl | undefined, version: string, noted: Notes): Outcome {
  const at = (wanted: string): boolean => compareVersions(version, wanted) >= 0;
  if (ssl === undefined || (ssl.value.kind === 'literal' && truthiness(ssl.value) === false)) {
    const text = ssl === undefined ? 'no `ssl` is given, and Postgrex then never tries TLS' : `${quoted(ssl.by)} turns TLS off`;
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: ssl?.by ?? null, reason: { text, source: CONNECT, ...(ssl === undefined ? {} : { setting: ssl.by }) } });
  }
  const old = optionOf(input.options, 'ssl_opts');
  if (ssl.value.kind === 'object' && at('0.18')) return byOptions(ssl.value, 'ssl', ssl.by, noted, true);
  if (ssl.value.kind === 'literal' && ssl.value.value !== true) return refuses('tls', { text: 'Postgrex takes true, false or a list of options for `ssl`', source: CONNECT, setting: ssl.by });
  if (old !== undefined) {
    // They are all that counts: none of the secure defaults is put under them.
    return byOptions(old.value, 'ssl_opts', ssl.by, noted, false);
  }
  if (at('0.21')) return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: ssl.by, reason: { text: `${quoted(ssl.by)} verifies the certificate chain and the host name`, source: CONNECT, setting: ssl.by } });
  // Erlang/OTP 26 verifies by default, and finds no roots to do so: no connection.
  const text = `${quoted(ssl.by)} encrypts without checking who answers, in Postgrex before 0.21 (and fails from Erlang/OTP 26 on)`;
  return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: ssl.by, reason: { text, source: 'postgrex 0.20.0 lib/postgrex/protocol.ex connect()', setting: ssl.by } });
}

/** Options of :ssl.connect. */
function byOptions(options: Value, path: string, by: Setting, noted: Notes, secure: boolean): Outcome {
  const verify = optionOf(options, 'verify', `${path}.verify`);
  const word = verify?.value.kind === 'literal' ? String(verify.value.value).replace(/^:/, '') : undefined;
  const reason = (text: string, setting: Setting): Reason => ({ text, source: CONNECT, setting });
  if (verify !== undefined && word === 'verify_none') return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: verify.setting, reason: reason('`verify: :verify_none` accepts any certificate', verify.setting) });
  if (!secure && word !== 'verify_peer') return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: by, reason: reason('`ssl_opts` takes the place of the secure defaults, and says no `verify: :verify_peer`', by) });
  return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: verify?.setting ?? by, reason: reason(`${quoted(by)} verifies the certificate chain and the host name`, by) });
}

function noteUnread(input: DriverInput, noted: Notes): void {
  for (const setting of input.string?.settings ?? []) {
    if (!/ssl|tls|channel_?binding|require_?auth/i.test(setting.name) || setting.name === 'ssl') continue;
    noted.ignored.push({ setting, harmless: true, text: `Postgrex never reads \`${nameOf(setting)}\`, only \`ssl\``, source: CONNECT });
  }
  for (const name of ['PGSSLMODE', 'PGSSLROOTCERT']) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `Postgrex never reads ${name}`, source: 'postgrex 0.22.2 lib/postgrex/utils.ex default_opts()' });
  }
  if (input.options?.kind !== 'object') return;
  for (const { name } of input.options.entries) {
    const option = optionOf(input.options, name);
    if (option === undefined || !/^(?:sslmode|ssl_mode|sslrootcert|cacertfile|verify)$/.test(name)) continue;
    noted.ignored.push({ setting: option.setting, harmless: true, text: `Postgrex never reads \`${name}\` outside \`ssl\``, source: CONNECT });
  }
}

function spell(mode: Mode, root: string | null, version: string): Spelling {
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return { string: [['ssl', 'false']], options: 'ssl: false', environment: null, condition: null };
  if (!verifies) return { string: null, options: 'ssl: [verify: :verify_none]', environment: null, condition: null };
  const isSafe = compareVersions(version, '0.21') >= 0;
  const roots = root === null ? 'cacerts: :public_key.cacerts_get()' : `cacertfile: "/path/to/${root}"`;
  return { string: root === null && isSafe ? [['ssl', 'true']] : null, options: root === null && isSafe ? 'ssl: true' : `ssl: [${roots}]`, environment: null, condition: isSafe ? null : 'Postgrex 0.18 or later' };
}

const VERSIONS = ['0.17', '0.18', '0.21', '0.22'].map((label) => ({ label, released: true, ...(label === '0.17' ? { since: '0.13' } : {}) }));

/** Postgrex 0.13 to 0.22; Ecto's driver. */
export const postgrex: Driver = {
  id: 'postgrex',
  title: 'Postgrex',
  versions: VERSIONS,
  forms: ['url'],
  commonFor: [],
  schemes: [],
  packages: { hex: ['postgrex'] },
  samples: {
    string: { ssl: ['true', 'false', 'require'], sslmode: ['require', 'verify-full'] },
    environment: {},
    options: { ssl: [undefined, true, false, { verify: 'verify_none' }, { cacertfile: 'root.crt' }], 'ssl.verify': [undefined, 'verify_peer', 'verify_none'] },
  },
  versionOf: (packages) => (packages.postgrex === undefined ? undefined : labelOf(VERSIONS, packages.postgrex)),
  outcome,
  spell,
};
