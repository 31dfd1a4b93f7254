import type { Verifies } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Value } from '../value.ts';
import type { Reason } from './driver.ts';
import { type Notes, optionOf } from './outcome.ts';

/*
 * Node's own tls.connect, which node-postgres and postgres.js hand their `ssl` object to. Facts: Node 20.20.2
 * lib/_tls_wrap.js, `exports.connect` and `onConnectSecure`, and measured (test/lab).
 */

/** What Node makes of a TLS options object; a string is why it throws. */
export type NodeTls =
  | { readonly verifies: Verifies; readonly decidedBy: Setting | null; readonly reason: Reason; readonly obeysNodeTlsEnv: boolean }
  | { readonly refuses: Reason };

const SOURCE = 'Node lib/_tls_wrap.js connect()';
const WEAK_VERSIONS = ['TLSv1', 'TLSv1.1'];
const WEAK_PROTOCOLS = /^(?:SSLv\d+|TLSv1|TLSv1_1)_(?:client_|server_)?method$/;

/** Reads an `ssl` object as tls.connect does. `path` is where it stands in the options: `ssl`. */
export function nodeTls(ssl: Value, path: string, noted: Notes): NodeTls {
  noteWeakVersions(ssl, path, noted);
  const identity = optionOf(ssl, 'checkServerIdentity', `${path}.checkServerIdentity`);
  if (identity?.value.kind === 'literal') {
    const text = `\`checkServerIdentity\` is ${String(identity.value.value)}, and Node throws on anything but a function there`;
    return { refuses: { text, source: SOURCE, setting: identity.setting } };
  }
  const reject = optionOf(ssl, 'rejectUnauthorized', `${path}.rejectUnauthorized`);
  if (reject?.value.kind === 'literal' && reject.value.value === false) {
    const ca = optionOf(ssl, 'ca');
    const reason: Reason = {
      text: `\`rejectUnauthorized: false\` accepts any certificate${ca === undefined ? '' : ', so the `ca` beside it is never checked'}`,
      source: SOURCE,
      setting: reject.setting,
    };
    return { verifies: 'nothing', decidedBy: reject.setting, reason, obeysNodeTlsEnv: false };
  }
  if (reject?.value.kind === 'literal' && typeof reject.value.value !== 'boolean' && reject.value.value !== undefined) {
    const text = `only \`rejectUnauthorized: false\` turns verification off; ${String(reject.value.value)} leaves it on`;
    noted.unknownValues.push({ text, source: SOURCE, setting: reject.setting });
  }
  const obeysNodeTlsEnv = reject === undefined;
  if (identity?.value.kind === 'function' && identity.value.returnsNothing) {
    const text = '`checkServerIdentity` never fails, so a certificate for any other host name is accepted';
    const reason: Reason = { text, source: 'Node lib/_tls_wrap.js onConnectSecure()', setting: identity.setting };
    return { verifies: 'chain', decidedBy: identity.setting, reason, obeysNodeTlsEnv };
  }
  const reason: Reason = { text: 'Node verifies the certificate chain and the host name', source: SOURCE };
  return { verifies: 'chain-and-name', decidedBy: null, reason, obeysNodeTlsEnv };
}

function noteWeakVersions(ssl: Value, path: string, noted: Notes): void {
  for (const name of ['minVersion', 'maxVersion'] as const) {
    const option = optionOf(ssl, name, `${path}.${name}`);
    if (option?.value.kind !== 'literal' || !WEAK_VERSIONS.includes(String(option.value.value))) continue;
    const text =
      name === 'minVersion'
        ? `\`minVersion: '${String(option.value.value)}'\` lets the server choose a TLS version below 1.2`
        : `\`maxVersion: '${String(option.value.value)}'\` forbids TLS 1.2 and above`;
    noted.weakTls.push({ text, source: 'https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions', setting: option.setting });
  }
  const method = optionOf(ssl, 'secureProtocol', `${path}.secureProtocol`);
  if (method?.value.kind === 'literal' && WEAK_PROTOCOLS.test(String(method.value.value))) {
    const text = `\`secureProtocol: '${String(method.value.value)}'\` allows nothing but a TLS version below 1.2`;
    noted.weakTls.push({ text, source: 'https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions', setting: method.setting });
  }
}
