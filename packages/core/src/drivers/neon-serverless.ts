import type { Mode } from '../mode.ts';
import type { Driver, DriverInput, Outcome, Spelling } from './driver.ts';
import { connects, notes, optionOf, refuses } from './outcome.ts';
import { labelOf } from './versions.ts';

/*
 * Neon's serverless driver: `neon()` talks HTTPS, Pool and Client a WebSocket over TLS, and whoever runs the program (Node, a
 * browser, a worker) verifies that. Facts: @neondatabase/serverless 1.2.0 index.mjs and CONFIG.md: forceDisablePgSSL and
 * useSecureWebSocket are true by default. What turns that off is global (neonConfig.useSecureWebSocket = false, a
 * fetchEndpoint with http:), not in the settings of a connection: it is not seen here.
 */

const CONFIG = '@neondatabase/serverless 1.2.0 CONFIG.md: forceDisablePgSSL, useSecureWebSocket';

function outcome(input: DriverInput): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `Neon's driver cannot read this string: ${string.problem.message}`, source: CONFIG });
  if (string !== null && (string.form !== 'url' || !['postgres', 'postgresql'].includes(string.scheme ?? 'postgres'))) {
    return refuses('other', { text: "Neon's driver takes only URLs that begin with postgres:// or postgresql://", source: CONFIG });
  }
  const noted = notes();
  const written = [...(string?.settings ?? []), ...['PGSSLMODE', 'PGSSLROOTCERT'].flatMap((name) => input.environment.get(name) ?? []), ...['ssl', 'sslmode'].flatMap((name) => optionOf(input.options, name)?.setting ?? [])];
  for (const setting of written) {
    // sslmode and channel_binding stand in every string that Neon hands out, for its other drivers: they get no less here.
    if (!/ssl|tls|require_auth/i.test(setting.name) || setting.name === 'sslmode') continue;
    noted.ignored.push({ setting, harmless: false, text: 'the TLS is that of HTTPS or of the WebSocket, which no setting of the connection reaches', source: CONFIG });
  }
  const reason = { text: "Neon's driver talks HTTPS or a WebSocket over TLS, with the chain and the host name verified, whatever sslmode says", source: CONFIG };
  return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: null, reason, obeysNodeTlsEnv: true });
}

function spell(mode: Mode): Spelling {
  return { string: [['sslmode', mode === 'disable' || mode === 'allow' || mode === 'prefer' ? 'require' : mode]], options: null, environment: null, condition: 'it is verified as it is' };
}

const VERSIONS = [{ label: '0', released: true }, { label: '1', released: true }];

/** @neondatabase/serverless 0 and 1, and @vercel/postgres over it. */
export const neonServerless: Driver = {
  id: 'neon-serverless',
  title: "Neon's serverless driver",
  versions: VERSIONS,
  forms: ['url', 'options'],
  commonFor: [],
  schemes: [],
  packages: { npm: ['@neondatabase/serverless', '@vercel/postgres', '@prisma/adapter-neon'] },
  samples: { string: { sslmode: ['disable', 'require', 'verify-full', 'typo'], sslrootcert: ['root.crt'], channel_binding: ['require'] }, environment: {}, options: {} },
  versionOf: (packages) => (packages['@neondatabase/serverless'] === undefined ? undefined : labelOf(VERSIONS, packages['@neondatabase/serverless'])),
  outcome,
  spell,
};
