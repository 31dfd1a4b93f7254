import type { Mode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import { truthiness } from '../value.ts';
import type { Driver, DriverInput, Outcome, Reason, Spelling } from './driver.ts';
import { type Notes, connects, lastOf, noteRepeats, nameOf, notes, optionOf, quoted, refuses } from './outcome.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * deno-postgres (deno.land/x/postgres, jsr:@db/postgres). Facts: denodrivers/postgres v0.19.5 connection/connection_params.ts
 * parseOptionsFromUri() and createParams(), connection/connection.ts #startup(); the tags v0.13.0 to v0.19.5 for when a
 * branch came. It reads the connection's place from PG* variables, and nothing about TLS.
 */

const PARAMS = 'deno-postgres 0.19.5 connection/connection_params.ts parseOptionsFromUri()';
const CREATE = 'deno-postgres 0.19.5 connection/connection_params.ts createParams()';
const STARTUP = 'deno-postgres 0.19.5 connection/connection.ts #startup()';

interface Tls {
  readonly enabled: boolean;
  readonly enforce: boolean;
  readonly by: Setting | null;
}

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  const noted = notes();
  if (string !== null && (string.form !== 'url' || !['postgres', 'postgresql'].includes(string.scheme ?? 'postgres'))) {
    return refuses('other', { text: 'deno-postgres takes only URLs that begin with postgres:// or postgresql://', source: PARAMS });
  }
  noteRepeats(noted, string, ['sslmode', 'ssl'], 'deno-postgres', PARAMS);
  noteUnread(input, noted);
  const tls = string === null ? tlsOfOptions(input) : tlsOfString(input, version, noted);
  if ('text' in tls) return refuses('tls', tls);
  const hosts = string?.settings.filter(({ name }) => name === 'host') ?? [];
  const first = hosts[0]?.value ?? textOf(input, 'hostname');
  if (string !== null && hosts.length === 0 ? true : first?.startsWith('/') === true) {
    if (tls.by === null) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, and deno-postgres uses no TLS there', source: STARTUP } });
    return refuses('tls', { text: 'deno-postgres throws on TLS settings where the host is a Unix socket', source: CREATE, setting: tls.by });
  }
  return answer(tls, noted);
}

function answer({ enabled, enforce, by }: Tls, noted: Notes): Outcome {
  const setting = by === null ? {} : { setting: by };
  const said = by === null ? 'no sslmode and no `tls` is given, and deno-postgres then' : quoted(by);
  if (!enabled) return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: by, reason: { text: `${said} turns TLS off`, source: STARTUP, ...setting } });
  if (!enforce) return connects(noted, { encrypts: 'if-server-offers', verifies: 'nothing', decidedBy: by, reason: { text: `${said} goes on in plaintext if the server offers no TLS, and also if its certificate is bad`, source: STARTUP, ...setting } });
  return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: by, reason: { text: `${said} verifies the certificate chain and the host name, as Deno.startTls always does`, source: STARTUP, ...setting } });
}

function tlsOfString({ string }: DriverInput, version: string, noted: Notes): Tls | Reason {
  const settings = string?.settings ?? [];
  const sslmode = lastOf(settings, 'sslmode');
  const ssl = lastOf(settings, 'ssl');
  const at = (wanted: string): boolean => compareVersions(version, wanted) >= 0;
  if (ssl?.value === 'true' && at('0.15')) {
    if (sslmode !== undefined && !['require', 'verify-ca', 'verify-full'].includes(sslmode.value ?? '')) noted.conflicts.push({ setting: sslmode, winner: ssl, text: 'deno-postgres lets `ssl=true` win over sslmode', source: PARAMS });
    return { enabled: true, enforce: true, by: ssl };
  }
  if (ssl !== undefined) noted.ignored.push({ setting: ssl, harmless: true, text: at('0.15') ? 'deno-postgres reads `ssl=true`, and no other value of `ssl`' : 'deno-postgres reads `ssl` from 0.15 on', source: PARAMS });
  if (sslmode === undefined) return { enabled: true, enforce: false, by: null };
  switch (sslmode.value) {
    case 'disable':
      return { enabled: false, enforce: false, by: sslmode };
    case 'prefer':
      return { enabled: true, enforce: false, by: sslmode };
    case 'require':
      return { enabled: true, enforce: true, by: sslmode };
    case 'verify-ca':
    case 'verify-full':
      if (at('0.16')) return { enabled: true, enforce: true, by: sslmode };
  }
  const words = at('0.16') ? 'disable, prefer, require, verify-ca and verify-full' : 'disable, prefer and require';
  return { text: `deno-postgres ${version} takes ${words}, and throws on any other sslmode`, source: PARAMS, setting: sslmode };
}

/** `tls: { enabled, enforce, caCertificates }`; the certificates are added to Deno's own roots. */
function tlsOfOptions(input: DriverInput): Tls | Reason {
  const tls = optionOf(input.options, 'tls');
  if (tls === undefined) return { enabled: true, enforce: false, by: null };
  const [enabled, enforce] = ['enabled', 'enforce'].map((name) => optionOf(tls.value, name, `tls.${name}`));
  const isNothing = (option: typeof enabled): boolean => option === undefined || (option.value.kind === 'literal' && (option.value.value === undefined || option.value.value === null));
  const isEnabled = isNothing(enabled) || truthiness(enabled?.value) !== false;
  const isEnforced = !isNothing(enforce) && truthiness(enforce?.value) !== false;
  if (!isEnabled && isEnforced) return { text: 'deno-postgres throws on `enforce` where TLS is not `enabled`', source: CREATE, setting: enforce?.setting ?? tls.setting };
  return { enabled: isEnabled, enforce: isEnforced, by: (isEnabled ? enforce : enabled)?.setting ?? enabled?.setting ?? tls.setting };
}

function textOf({ options }: DriverInput, name: string): string | undefined {
  const option = optionOf(options, name);
  return option?.value.kind === 'literal' && typeof option.value.value === 'string' ? option.value.value : undefined;
}

function noteUnread(input: DriverInput, noted: Notes): void {
  for (const setting of input.string?.settings ?? []) {
    if (!/ssl|tls|channel_?binding|require_?auth/i.test(setting.name) || setting.name === 'sslmode' || setting.name === 'ssl') continue;
    noted.ignored.push({ setting, harmless: true, text: `deno-postgres never reads \`${nameOf(setting)}\`${setting.name === 'sslrootcert' ? ', only `tls.caCertificates`' : ''}`, source: PARAMS });
  }
  for (const name of ['PGSSLMODE', 'PGSSLROOTCERT', 'PGCHANNELBINDING']) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `deno-postgres never reads ${name}`, source: 'deno-postgres 0.19.5 connection/connection_params.ts getPgEnv()' });
  }
  if (input.options?.kind !== 'object') return;
  for (const { name } of input.options.entries) {
    const option = optionOf(input.options, name);
    if (option === undefined || !/^(?:ssl|sslmode|ssl_mode|sslMode|sslrootcert|rejectUnauthorized)$/.test(name)) continue;
    noted.ignored.push({ setting: option.setting, harmless: true, text: `deno-postgres never reads a \`${name}\` option, only \`tls\``, source: CREATE });
  }
}

function spell(mode: Mode, root: string | null): Spelling {
  const word = mode === 'allow' ? 'prefer' : mode;
  if (mode === 'disable') return { string: [['sslmode', word]], options: 'tls: { enabled: false }', environment: null, condition: null };
  if (word === 'prefer') return { string: [['sslmode', word]], options: 'tls: { enforce: false }', environment: null, condition: null };
  const ca = root === null ? '' : `, caCertificates: [Deno.readTextFileSync('/path/to/${root}')]`;
  return { string: root === null ? [['sslmode', word]] : null, options: `tls: { enforce: true${ca} }`, environment: null, condition: null };
}

const VERSIONS = [{ label: '0.13', released: true }, { label: '0.15', released: true }, { label: '0.16', released: true }, { label: '0.19', released: true }];
const PACKAGES = ['@db/postgres', '@jsr/db__postgres'];

/** deno-postgres 0.13 to 0.19. */
export const denoPostgres: Driver = {
  id: 'deno-postgres',
  title: 'deno-postgres',
  versions: VERSIONS,
  forms: ['url', 'options', 'group'],
  commonFor: [],
  schemes: [],
  packages: { npm: PACKAGES },
  samples: {
    string: { sslmode: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'typo'], ssl: ['true', 'false'], sslrootcert: ['root.crt'] },
    environment: {},
    options: { tls: [undefined, { enabled: false }, { enforce: true }, { enforce: false }], 'tls.enabled': [undefined, true, false], 'tls.enforce': [undefined, true, false] },
  },
  versionOf: (packages) => {
    const version = PACKAGES.map((name) => packages[name]).find((each) => each !== undefined);
    return version === undefined ? undefined : labelOf(VERSIONS, version);
  },
  outcome,
  spell,
};
