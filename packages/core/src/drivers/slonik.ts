import type { Mode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import { truthiness } from '../value.ts';
import type { Driver, DriverInput, Outcome, PackageVersions, Spelling } from './driver.ts';
import { nodePostgres } from './node-postgres.ts';
import { type Notes, connects, noteRepeats, nameOf, notes, optionOf, quoted, refuses } from './outcome.ts';
import { labelOf } from './versions.ts';
import { type WhatwgUrl, whatwgUrl } from './whatwg.ts';

/*
 * Slonik, over node-postgres and with a parser of its own. Facts: @slonik/utilities 49.10.9 dist/utilities/parseDsn.js,
 * @slonik/pg-driver 49.10.9 dist/factories/createPgDriverFactory.js; @slonik/utilities 46.1.0 and 46.4.0, slonik 33.3.1 to
 * 43.0.8 for what was before.
 */

const PARSE = '@slonik/utilities 49.10.9 parseDsn.js';
const CONFIGURATION = '@slonik/pg-driver 49.10.9 createPgDriverFactory.js createClientConfiguration()';
/** The others go to pg as they are, and `ssl` is what counts there. */
const READ: ReadonlySet<string> = new Set(['sslmode', 'sslrootcert', 'sslcert', 'sslkey']);
const WORDS: readonly string[] = ['disable', 'no-verify', 'require'];
const FILES = ['sslcert', 'sslkey', 'sslrootcert'];

function outcome(input: DriverInput, version: string, packages: PackageVersions): Outcome {
  const { string } = input;
  const url = string === null ? null : whatwgUrl(string.text);
  if (string !== null && (string.form !== 'url' || url === null)) return refuses('other', { text: 'Slonik takes only what `new URL` takes', source: `${PARSE}: new URL(dsn)` });
  if (url !== null && string?.templates.length === 0 && [url.username, url.password].some((part) => !decodes(part))) {
    return refuses('other', { text: 'Slonik throws on a percent sign in the login that is not followed by two hexadecimal digits, write %25', source: `${PARSE}: decodeURIComponent(), measured` });
  }
  const noted = notes();
  const checks = version !== '45';
  const last = lastOfEach(input, url);
  const mode = last.get('sslmode');
  if (checks && mode !== undefined && !WORDS.includes(mode.value ?? '')) {
    return refuses('tls', { text: 'Slonik takes disable, no-verify and require, and throws on any other sslmode', source: `${PARSE}: z.enum()`, setting: mode });
  }
  const file = checks ? problemOfFiles(last) : undefined;
  if (file !== undefined) return refuses('tls', file);
  noteRepeats(noted, string, ['sslmode'], 'Slonik', `${PARSE}: Object.fromEntries(url.searchParams)`);
  noteUnread(input, last, checks, noted);
  const option = optionOf(input.options, 'ssl');
  if (option !== undefined && truthiness(option.value) !== false) {
    if (mode !== undefined) noted.conflicts.push({ setting: mode, winner: option.setting, text: 'Slonik lets the `ssl` option win over sslmode', source: CONFIGURATION });
    return withNotes(nodePostgres.outcome({ ...input, string: null, environment: negotiation(input) }, '8', packages), noted);
  }
  if (option !== undefined && mode !== undefined && mode.value !== 'disable' && option.value.kind === 'literal' && option.value.value === false) {
    noted.conflicts.push({ setting: option.setting, winner: mode, text: 'Slonik lets sslmode win over `ssl: false`', source: CONFIGURATION });
  }
  return answer(input, mode, noted);
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Parameters of the URL by name, as they are written. */
function lastOfEach({ string }: DriverInput, url: WhatwgUrl | null): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  for (const [name, value] of url?.searchParams ?? []) {
    const setting = string?.settings.findLast((candidate) => candidate.name === name);
    if (setting !== undefined) found.set(name, { ...setting, value });
  }
  return found;
}

/** It opens all three, and does nothing with them. */
function problemOfFiles(last: ReadonlyMap<string, Setting>): { text: string; source: string; setting: Setting } | undefined {
  const [cert, key, root] = FILES.map((name) => last.get(name)).map((setting) => (setting?.value === '' ? undefined : setting));
  if (root?.value === 'system') return { text: 'Slonik opens sslrootcert as a file, and there is none named "system"', source: `${PARSE}: readFileSync(searchParameters.sslrootcert)`, setting: root };
  const alone = cert === undefined ? key : key === undefined ? cert : undefined;
  return alone === undefined ? undefined : { text: 'Slonik throws on one of sslcert and sslkey without the other', source: PARSE, setting: alone };
}

function answer(input: DriverInput, mode: Setting | undefined, noted: Notes): Outcome {
  const word = mode?.value ?? '';
  const setting = mode === undefined ? {} : { setting: mode };
  const decidedBy = mode ?? null;
  const direct = input.environment.get('PGSSLNEGOTIATION');
  if (direct?.value === 'direct' && word !== 'require' && word !== 'no-verify') {
    return refuses('tls', { text: 'node-postgres throws on sslnegotiation=direct where TLS is off', source: 'pg 8.23.1 lib/connection-parameters.js', setting: direct });
  }
  switch (word) {
    case 'require': {
      const reason = { text: `${quoted(mode ?? direct ?? NOTHING)} verifies the certificate chain and the host name`, source: CONFIGURATION, ...setting };
      return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy, reason, obeysNodeTlsEnv: true });
    }
    case 'no-verify':
      return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy, reason: { text: '`sslmode=no-verify` accepts any certificate', source: CONFIGURATION, ...setting } });
    case 'disable':
      return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy, reason: { text: '`sslmode=disable` turns TLS off', source: CONFIGURATION, ...setting } });
    default: {
      if (mode !== undefined && word !== '') noted.unknownValues.push({ text: 'Slonik before 46.4 takes any sslmode but require and no-verify for disable', source: 'slonik 43.0.8 createPoolConfiguration.js', setting: mode });
      const text = word === '' ? 'no sslmode and no `ssl` option is given, and Slonik then never tries TLS' : 'Slonik before 46.4 does not know this sslmode, and never tries TLS';
      return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: word === '' ? null : decidedBy, reason: { text, source: `${CONFIGURATION}: ssl: false`, ...(word === '' ? {} : setting) } });
    }
  }
}

const NOTHING: Setting = { name: 'sslmode', key: 'sslmode', value: null, place: 'string', span: { start: 0, end: 0 }, whole: { start: 0, end: 0 } };

/** `ssl` is always defined, so pg never reads PGSSLMODE; PGSSLNEGOTIATION it does. */
function negotiation({ environment }: DriverInput): ReadonlyMap<string, Setting> {
  return new Map([...environment].filter(([name]) => name === 'PGSSLNEGOTIATION'));
}

function withNotes(outcome: Outcome, noted: Notes): Outcome {
  if (outcome.kind === 'refuses') return outcome;
  return { ...outcome, conflicts: [...noted.conflicts, ...outcome.conflicts], ignored: [...noted.ignored, ...outcome.ignored] };
}

function noteUnread(input: DriverInput, last: ReadonlyMap<string, Setting>, checks: boolean, noted: Notes): void {
  for (const [name, setting] of last) {
    if (!/^(?:ssl|tls)|channel_binding|uselibpqcompat|require_auth/i.test(name) || name === 'sslmode' || (setting.value === '' && FILES.includes(name))) continue;
    const opens = READ.has(name) && checks;
    noted.ignored.push({ setting, harmless: !opens, text: opens ? `Slonik opens \`${name}\` and hands it to nobody, only its \`ssl\` option does` : `Slonik never reads \`${nameOf(setting)}\``, source: opens ? `${CONFIGURATION}: connectionOptions.ssl is not used` : PARSE });
  }
  const variable = input.environment.get('PGSSLMODE');
  if (variable !== undefined) noted.ignored.push({ setting: variable, harmless: false, text: 'Slonik never reads PGSSLMODE, and keeps pg from it', source: `${CONFIGURATION}: ssl: false` });
  if (input.options?.kind !== 'object') return;
  for (const { name } of input.options.entries) {
    const option = optionOf(input.options, name);
    if (option === undefined || !/^(?:sslmode|ssl_mode|sslMode|sslrootcert|sslcert|sslkey|rejectUnauthorized|tls|sslnegotiation)$/.test(name)) continue;
    noted.ignored.push({ setting: option.setting, harmless: true, text: `Slonik never reads a \`${name}\` option, only \`ssl\``, source: CONFIGURATION });
  }
}

function spell(mode: Mode, root: string | null): Spelling {
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return { string: [['sslmode', 'disable']], options: null, environment: null, condition: null };
  if (mode === 'require') return { string: [['sslmode', 'no-verify']], options: 'ssl: { rejectUnauthorized: false }', environment: null, condition: null };
  if (root === null) return { string: [['sslmode', 'require']], options: 'ssl: true', environment: null, condition: null };
  return { string: null, options: `ssl: { ca: readFileSync('/path/to/${root}', 'utf8') }`, environment: null, condition: null };
}

const VERSIONS = [{ label: '45', since: '33', released: true }, { label: '49', since: '46.4', released: true }];

/** Slonik 33 to 49. */
export const slonik: Driver = {
  id: 'slonik',
  title: 'Slonik',
  versions: VERSIONS,
  forms: ['url', 'options'],
  commonFor: [],
  schemes: [],
  packages: { npm: ['slonik'] },
  samples: {
    string: { sslmode: ['disable', 'no-verify', 'require', 'prefer', 'verify-ca', 'verify-full', 'typo'], sslrootcert: ['', 'root.crt', 'system'], ssl: ['true'] },
    environment: {},
    options: { ssl: [undefined, true, false, { rejectUnauthorized: false }], 'ssl.rejectUnauthorized': [undefined, true, false] },
  },
  versionOf: (packages) => (packages.slonik === undefined ? undefined : labelOf(VERSIONS, packages.slonik)),
  outcome,
  spell,
};
