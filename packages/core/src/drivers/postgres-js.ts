import type { Mode, Verifies } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import { type Value, entryOf, truthiness } from '../value.ts';
import type { Connects, Driver, DriverInput, Outcome, PackageVersions, Reason, Refuses, Spelling } from './driver.ts';
import { nodeTls } from './node-tls.ts';
import { type Notes, connects, noteRepeats, notes, optionOf, quoted, refuses } from './outcome.ts';
import { isTlsSetting, refusedByServer } from './startup-parameters.ts';
import { compareVersions } from './versions.ts';
import { type WhatwgUrl, whatwgUrl } from './whatwg.ts';

/*
 * postgres.js (npm `postgres`). Facts: postgres 3.4.9 src/index.js parseOptions() and parseUrl(),
 * src/connection.js secure(); versions in which a branch came are read from the published packages 3.0.0 to 3.4.9.
 */

const OPTIONS = 'postgres 3.4.9 src/index.js parseOptions()';
const SECURE = 'postgres 3.4.9 src/connection.js secure()';

/** URL parameters that are options of postgres.js; all others go into the start-up packet (src/index.js, `defaults` and tsa()). */
const OWN = new Set([
  'sslmode', 'max', 'ssl', 'sslnegotiation', 'idle_timeout', 'connect_timeout', 'max_lifetime', 'max_pipeline', 'backoff', 'keep_alive',
  'prepare', 'debug', 'fetch_types', 'publications', 'target_session_attrs',
]);

/** The `ssl` that counts, and who said it. */
interface Ssl {
  readonly value: Value;
  readonly by: Setting | null;
}

function outcome(input: DriverInput, _version: string, packages: PackageVersions): Outcome {
  const noted = notes();
  const query = readQuery(input);
  if (query === null) return refuses('syntax', { text: 'postgres.js cannot read this string as a URL', source: 'postgres 3.4.9 src/index.js parseUrl()' });
  noteRepeats(noted, input.string, ['sslmode', 'ssl'], 'postgres.js', `${OPTIONS}: searchParams are read in order`);
  const ssl = sslOf(input, query, packages, noted);
  noteUnread(input, noted);

  const answer = answerOf(ssl, noted, directBy(input, query, packages));
  const unknown = refusedByServer(query.values(), OWN);
  if (unknown === undefined || answer.kind === 'refuses') return answer;
  // The refusal comes after the login: what TLS there is by then is worth saying.
  const sent = answer.encrypts === 'always' ? '' : ', after the login went out in plaintext';
  const text = `postgres.js sends \`${unknown.key}\` to the server, and PostgreSQL refuses it${sent}`;
  return refuses(isTlsSetting(unknown.name) ? 'tls' : 'other', { text, source: `${OPTIONS}: connection holds every parameter it does not know`, setting: unknown });
}

/** Parameters of the URL, the last of a name wins; `null` where `new URL` throws. */
function readQuery(input: DriverInput): Map<string, Setting> | null {
  const { string } = input;
  const query = new Map<string, Setting>();
  if (string === null) return query;
  const url = parseUrl(string.text);
  if (url === null) return null;
  for (const [name, value] of url.searchParams) {
    const setting = string.settings.findLast((candidate) => candidate.name === name);
    if (setting !== undefined) query.set(name, { ...setting, value });
  }
  return query;
}

/** parseUrl(): only the first of several hosts is given to `new URL`. */
function parseUrl(text: string): WhatwgUrl | null {
  const authority = text.slice(text.indexOf('://') + 3).split(/[?/]/)[0] ?? '';
  let host: string;
  try {
    host = decodeURIComponent(authority.slice(authority.indexOf('@') + 1));
  } catch {
    return null;
  }
  return whatwgUrl(text.replace(host, host.split(',')[0] ?? ''));
}

/** src/index.js:466: an option that is there wins even where it is undefined, then the URL, then PGSSL, then false. */
function sslOf(input: DriverInput, query: ReadonlyMap<string, Setting>, packages: PackageVersions, noted: Notes): Ssl {
  const sslmode = nonEmpty(query.get('sslmode'));
  const parameter = sslmode ?? query.get('ssl');
  const shadowed = query.get('ssl');
  if (sslmode !== undefined && shadowed !== undefined && shadowed.value !== sslmode.value) {
    noted.conflicts.push({ setting: shadowed, winner: sslmode, text: 'postgres.js lets sslmode win over `ssl` in the URL', source: OPTIONS });
  }
  const root = query.get('sslrootcert');
  const readsSystem = packages.postgres === undefined || compareVersions(packages.postgres, '3.4.2') >= 0;
  const system = root?.value === 'system' && readsSystem;
  const option = optionOf(input.options, 'ssl');
  const fromUrl: Ssl | undefined = system
    ? { value: { kind: 'literal', value: 'verify-full', span: root.span }, by: root }
    : parameter === undefined
      ? undefined
      : { value: literal(parameter, ['disable', 'false'].includes(parameter.value ?? '') ? false : parameter.value), by: parameter };
  if (option !== undefined) {
    const chosen: Ssl = { value: option.value, by: option.setting };
    if (fromUrl?.by != null && differ(chosen, fromUrl)) {
      noted.conflicts.push({ setting: fromUrl.by, winner: option.setting, text: 'postgres.js lets the `ssl` option win over the URL', source: OPTIONS });
    }
    return chosen;
  }
  if (fromUrl !== undefined) return fromUrl;
  const variable = input.environment.get('PGSSL');
  if (variable !== undefined && variable.value !== '') return { value: literal(variable, variable.value), by: variable };
  return { value: { kind: 'literal', value: false, span: { start: 0, end: 0 } }, by: null };
}

/** The setting that leaves the request for TLS out, so that there is no refusal to fall back on: `sslnegotiation`, of 3.4.8. */
function directBy(input: DriverInput, query: ReadonlyMap<string, Setting>, packages: PackageVersions): Setting | undefined {
  if (packages.postgres !== undefined && compareVersions(packages.postgres, '3.4.8') < 0) return undefined;
  const written = optionOf(input.options, 'sslnegotiation')?.setting ?? query.get('sslnegotiation') ?? input.environment.get('PGSSLNEGOTIATION');
  return written?.value === 'direct' ? written : undefined;
}

function answerOf(ssl: Ssl, noted: Notes, direct?: Setting): Connects | Refuses {
  const { value, by } = ssl;
  const setting = by === null ? {} : { setting: by };
  const said = by === null ? 'no `ssl` and no sslmode is given, and postgres.js then' : quoted(by);
  if (truthiness(value) === false) {
    const text = by === null ? `${said} never tries TLS` : `${said} turns TLS off`;
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: by, reason: { text, source: `${OPTIONS}: ssl: false`, ...setting } });
  }
  if (value.kind === 'object') {
    const tls = nodeTls(value, 'ssl', noted);
    if ('refuses' in tls) return refuses('tls', tls.refuses);
    return connects(noted, { encrypts: 'always', verifies: tls.verifies, decidedBy: tls.decidedBy ?? by, reason: tls.reason, obeysNodeTlsEnv: tls.obeysNodeTlsEnv });
  }
  const word = value.kind === 'literal' ? String(value.value) : '';
  if (['require', 'allow', 'prefer'].includes(word)) {
    // With sslnegotiation=direct no answer comes that it could fall back on: measured (test/lab).
    const fallsBack = word === 'prefer' && direct === undefined;
    const text = `${said} accepts any certificate${fallsBack ? ', and goes on in plaintext if the server offers no TLS' : ''}`;
    return connects(noted, { encrypts: fallsBack ? 'if-server-offers' : 'always', verifies: 'nothing', decidedBy: by, reason: { text, source: SECURE, ...setting } });
  }
  noteUnknownWord(word, by, noted);
  const verifies: Verifies = 'chain-and-name';
  const reason: Reason = { text: `${said} verifies the certificate chain and the host name`, source: SECURE, ...setting };
  return connects(noted, { encrypts: 'always', verifies, decidedBy: by, reason, obeysNodeTlsEnv: true });
}

function noteUnknownWord(word: string, by: Setting | null, noted: Notes): void {
  if (by === null || ['true', 'verify-full', 'verify-ca', ''].includes(word) || by.value === null) return;
  noted.unknownValues.push({ text: 'a word that postgres.js does not know is taken for verify-full', source: SECURE, setting: by });
}

/** Options and variables that look like TLS settings and are none of postgres.js's. */
function noteUnread(input: DriverInput, noted: Notes): void {
  const variable = input.environment.get('PGSSLMODE');
  if (variable !== undefined) {
    noted.ignored.push({ setting: variable, harmless: false, text: 'postgres.js never reads PGSSLMODE, only PGSSL', source: `${OPTIONS}: env['PG' + k.toUpperCase()]` });
  }
  if (input.options?.kind !== 'object') return;
  for (const { name } of input.options.entries) {
    const option = optionOf(input.options, name);
    if (option === undefined || !/^(?:sslmode|ssl_mode|sslMode|sslrootcert|sslcert|sslkey|rejectUnauthorized|tls|channel_binding)$/.test(name)) continue;
    noted.ignored.push({ setting: option.setting, harmless: true, text: `postgres.js never reads a \`${name}\` option, only \`ssl\``, source: OPTIONS });
  }
}

function nonEmpty(setting: Setting | undefined): Setting | undefined {
  return setting?.value === '' ? undefined : setting;
}

function literal(setting: Setting, value: string | false | null): Value {
  return { kind: 'literal', value, span: setting.span };
}

/** Whether two ways to say `ssl` come to different protection. */
function differ(a: Ssl, b: Ssl): boolean {
  const [left, right] = [a, b].map((ssl) => {
    const answer = answerOf(ssl, notes());
    return answer.kind === 'connects' ? `${answer.encrypts} ${answer.verifies}` : 'refuses';
  });
  return left !== right || entryOf(a.value, 'ca') !== undefined;
}

function spell(mode: Mode, root: string | null): Spelling {
  const file = root === null ? null : `/path/to/${root}`;
  switch (mode) {
    case 'disable':
    case 'allow':
      return { string: [['sslmode', 'disable']], options: 'ssl: false', environment: null, condition: null };
    case 'prefer':
    case 'require':
      return { string: [['sslmode', mode]], options: `ssl: '${mode}'`, environment: [['PGSSL', mode]], condition: null };
    default:
      return {
        // The URL can name no root certificate: it goes to the server, which refuses it.
        string: file === null ? [['sslmode', 'verify-full']] : null,
        options: file === null ? "ssl: 'verify-full'" : `ssl: { ca: readFileSync('${file}', 'utf8') }`,
        environment: file === null ? [['PGSSL', 'verify-full']] : [['PGSSL', 'verify-full'], ['NODE_EXTRA_CA_CERTS', file]],
        condition: null,
      };
  }
}

const WORDS = ['disable', 'false', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify', 'typo'];

/** postgres.js 3. */
export const postgresJs: Driver = {
  id: 'postgres.js',
  title: 'postgres.js',
  versions: [{ label: '3', released: true }],
  forms: ['url', 'options', 'group'],
  commonFor: ['url', 'options'],
  schemes: [],
  packages: { npm: ['postgres'] },
  samples: {
    string: { sslmode: WORDS, ssl: WORDS, sslrootcert: ['system'], sslnegotiation: ['postgres', 'direct'] },
    environment: { PGSSL: ['require', 'verify-full'] },
    options: { ssl: [undefined, true, false, 'require', 'prefer', { rejectUnauthorized: false }], 'ssl.rejectUnauthorized': [undefined, true, false] },
  },
  versionOf: (packages) => packages.postgres?.split('.')[0],
  outcome,
  spell,
};
