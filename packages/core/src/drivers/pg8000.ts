import type { Mode } from '../mode.ts';
import type { Driver, DriverInput, Outcome, Spelling } from './driver.ts';
import { type Notes, connects, lastOf, nameOf, notes, optionOf, optionSetting, quoted, refuses } from './outcome.ts';
import { repeatedParameter } from './sqlalchemy-url.ts';
import { checkedByContext } from './ssl-context.ts';
import { isTlsSetting } from './startup-parameters.ts';
import { truthiness } from '../value.ts';
import { labelOf } from './versions.ts';

/*
 * pg8000, for Python. It has one argument about TLS, `ssl_context`, and takes no string: a URL reaches it through SQLAlchemy,
 * whose query becomes arguments. Facts: pg8000 1.31.5 src/pg8000/core.py _make_socket(), the tags 1.14.0 to 1.31.4 for when
 * a branch came; SQLAlchemy 2.0 dialects/postgresql/pg8000.py create_connect_args(). It reads no environment.
 */

const SOCKET = 'pg8000 1.31.5 src/pg8000/core.py _make_socket()';
const OLD = 'pg8000 1.30.5 src/pg8000/core.py CoreConnection.__init__()';
const SQLALCHEMY = 'SQLAlchemy 2.0 dialects/postgresql/pg8000.py create_connect_args(): the query becomes arguments of pg8000.connect()';

/** Arguments of pg8000.dbapi.connect(), and SQLAlchemy's own. */
const ARGUMENTS = new Set(['user', 'host', 'dbname', 'database', 'port', 'password', 'source_address', 'unix_sock', 'ssl_context', 'timeout', 'tcp_keepalive', 'application_name', 'replication', 'sock', 'client_encoding', 'startup_params']);

/** Up to 1.13 the argument is `ssl`, and any other is taken without a word (`**kwargs`): measured with 1.10.6. */
function outcomeBefore114(input: DriverInput): Outcome {
  const source = 'pg8000 1.10.6 core.py Connection.__init__(): ssl.wrap_socket(self._usock)';
  const noted = notes();
  for (const { name } of input.options?.kind === 'object' ? input.options.entries : []) {
    const option = optionOf(input.options, name);
    if (option === undefined || !isTlsSetting(name) || name === 'ssl') continue;
    noted.ignored.push({ setting: option.setting, harmless: true, text: `pg8000 before 1.14 takes \`${nameOf(option.setting)}\` and does nothing with it, only with \`ssl\``, source });
  }
  noteVariables(input, noted, source);
  const ssl = optionOf(input.options, 'ssl');
  if (ssl === undefined || truthiness(ssl.value) === false) {
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: ssl?.setting ?? null, reason: { text: `${ssl === undefined ? 'no `ssl` is given, and' : `${quoted(ssl.setting)} turns TLS off:`} pg8000 before 1.14 then never tries TLS`, source } });
  }
  return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: ssl.setting, reason: { text: 'pg8000 before 1.14 encrypts without checking who answers, whatever `ssl` is', source, setting: ssl.setting } });
}

function noteVariables(input: DriverInput, noted: Notes, source: string): void {
  for (const name of ['PGSSLMODE', 'PGSSLROOTCERT']) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `pg8000 never reads ${name}`, source });
  }
}

function outcome(input: DriverInput, version: string): Outcome {
  if (version === '1.13' && input.string === null) return outcomeBefore114(input);
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `SQLAlchemy cannot read this string: ${string.problem.message}`, source: SQLALCHEMY });
  if (string !== null && string.form !== 'url') return refuses('other', { text: 'pg8000 takes no string, and SQLAlchemy before it only URLs', source: SQLALCHEMY });
  const settings = string?.settings ?? [];
  const unknown = settings.find(({ name }) => !ARGUMENTS.has(name));
  if (unknown !== undefined) {
    const text = `SQLAlchemy hands \`${nameOf(unknown)}\` to pg8000 as an argument, and pg8000 has none of that name: only \`ssl_context\``;
    return refuses(isTlsSetting(unknown.name) ? 'tls' : 'other', { text, source: SQLALCHEMY, setting: unknown });
  }
  const repeated = repeatedParameter(string);
  if (repeated !== undefined) return repeated;
  const isOld = version !== '1.31';
  const noted = notes();
  noteVariables(input, noted, isOld ? OLD : SOCKET);
  const unknownOption = input.options?.kind === 'object' ? input.options.entries.find(({ name }) => isTlsSetting(name) && !ARGUMENTS.has(name)) : undefined;
  if (unknownOption !== undefined) {
    const setting = optionSetting(unknownOption.name, unknownOption);
    return refuses('tls', { text: `pg8000 has no argument of the name \`${nameOf(setting)}\`, only \`ssl_context\`, and raises TypeError`, source: SOCKET, setting });
  }
  if (lastOf(settings, 'unix_sock') !== undefined) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, and pg8000 is given no TLS there', source: SOCKET } });
  const option = optionOf(input.options, 'ssl_context');
  const text = option === undefined ? lastOf(settings, 'ssl_context') : undefined;
  if (text !== undefined) return refuses('tls', { text: 'a text in `ssl_context` is no SSLContext, and pg8000 fails on it; it goes into connect_args', source: SOCKET, setting: text });
  if (option === undefined || (option.value.kind === 'literal' && (option.value.value === null || option.value.value === undefined))) {
    if (isOld) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'no `ssl_context` is given, and pg8000 up to 1.30 then never tries TLS', source: OLD } });
    return connects(noted, { encrypts: 'if-server-offers', verifies: 'nothing', decidedBy: null, reason: { text: 'no `ssl_context` is given, and pg8000 then goes on in plaintext if the server offers no TLS', source: SOCKET } });
  }
  const { setting, value } = option;
  if (value.kind === 'literal' && value.value === false) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: setting, reason: { text: `${quoted(setting)} turns TLS off`, source: isOld ? OLD : SOCKET, setting } });
  if (value.kind === 'literal' && value.value === true && !isOld) {
    return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: setting, reason: { text: `${quoted(setting)} encrypts without checking who answers, from pg8000 1.31 on`, source: SOCKET, setting } });
  }
  if (value.kind === 'literal' && value.value !== true) return refuses('tls', { text: 'pg8000 takes None, True, False or an SSLContext for `ssl_context`, and fails on anything else', source: SOCKET, setting });
  const context = checkedByContext(value, 'ssl_context');
  if (context !== null) return connects(noted, { encrypts: 'always', verifies: context.verifies, decidedBy: context.setting, reason: { text: context.text, source: isOld ? OLD : SOCKET, setting: context.setting } });
  return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: setting, reason: { text: `${quoted(setting)} checks the certificate chain and the host name, unless the SSLContext was told otherwise`, source: isOld ? OLD : SOCKET, setting } });
}

function spell(mode: Mode, root: string | null, version: string): Spelling {
  if (version === '1.13') {
    const isOff = mode === 'disable' || mode === 'prefer' || mode === 'allow';
    return { string: null, options: mode.startsWith('verify') ? null : `ssl=${isOff ? 'False' : 'True'}`, environment: null, condition: 'as an argument of pg8000.connect(); only pg8000 1.14 and later can verify' };
  }
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  const value = mode === 'disable' ? 'False' : mode === 'prefer' || mode === 'allow' ? 'None' : verifies ? `ssl.create_default_context(${root === null ? '' : `cafile='/path/to/${root}'`})` : version === '1.30' ? 'ssl._create_unverified_context()' : 'True';
  return { string: null, options: `ssl_context=${value}`, environment: null, condition: null };
}

const VERSIONS = [{ label: '1.13', since: '1', released: true }, { label: '1.30', since: '1.14', released: true }, { label: '1.31', released: true }];

/** pg8000 1.0 to 1.31. */
export const pg8000: Driver = {
  id: 'pg8000',
  title: 'pg8000',
  versions: VERSIONS,
  forms: ['url'],
  commonFor: [],
  schemes: ['postgresql+pg8000'],
  packages: { pypi: ['pg8000'] },
  samples: { string: { sslmode: ['require', 'verify-full'], ssl_context: ['True'] }, environment: {}, options: { ssl_context: [undefined, true, false, null], 'ssl_context.check_hostname': [undefined, false], 'ssl_context.verify_mode': [undefined, 'CERT_NONE'] } },
  versionOf: (packages) => (packages.pg8000 === undefined ? undefined : labelOf(VERSIONS, packages.pg8000)),
  outcome,
  spell,
};
