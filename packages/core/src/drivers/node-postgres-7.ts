import type { Mode } from '../mode.ts';
import { type Value, entryOf, truthiness } from '../value.ts';
import type { Spelling } from './driver.ts';
import type { NodeTls } from './node-tls.ts';
import { optionOf } from './outcome.ts';

/*
 * What pg 7 does with `ssl` in another way than 8: it hands Node `rejectUnauthorized: ssl.rejectUnauthorized`, and where that
 * is undefined (`ssl: true` too) Node before 12.22.5 took it for false (CVE-2021-22939; from 14 on pg 7 never connects).
 * Facts: pg 7.0.0 to 7.18.2 lib/connection.js; its CHANGELOG on 8.0.0; measured (test/lab) with Node 12.22.4.
 */

const CONNECTION = 'pg 7.18.2 lib/connection.js connect()';

/** What is left of an `ssl` that does not say `rejectUnauthorized`, be it an object, `true` or any other word. */
export const UNSAID = {
  text: 'in Node before 12.22.5, pg 7 accepts any certificate unless `ssl` says `rejectUnauthorized: true`',
  source: CONNECTION,
} as const;

/** Reads an `ssl` object as pg 7 does. What it does not copy (minVersion and the like) never reaches Node. */
export function pg7Tls(ssl: Value): NodeTls {
  const reject = optionOf(ssl, 'rejectUnauthorized', 'ssl.rejectUnauthorized');
  if (reject === undefined) return { verifies: 'nothing', decidedBy: null, reason: UNSAID, obeysNodeTlsEnv: false };
  const { setting } = reject;
  if (truthiness(reject.value) === false) {
    const reason = { text: '`rejectUnauthorized` is not true, and pg 7 then accepts any certificate', source: CONNECTION, setting };
    return { verifies: 'nothing', decidedBy: setting, reason, obeysNodeTlsEnv: false };
  }
  const identity = entryOf(ssl, 'checkServerIdentity');
  if (identity?.value.kind === 'function' && identity.value.returnsNothing) {
    const accepts = optionOf(ssl, 'checkServerIdentity', 'ssl.checkServerIdentity');
    const reason = { text: '`checkServerIdentity` never fails, so a certificate for any other host name is accepted', source: CONNECTION, ...(accepts === undefined ? {} : { setting: accepts.setting }) };
    return { verifies: 'chain', decidedBy: accepts?.setting ?? setting, reason, obeysNodeTlsEnv: false };
  }
  return { verifies: 'chain-and-name', decidedBy: setting, reason: { text: '`rejectUnauthorized: true` verifies the certificate chain and the host name', source: CONNECTION, setting }, obeysNodeTlsEnv: false };
}

/** Only the options object can ask for verification. */
export function spellPg7(mode: Mode, root: string | null): Spelling {
  const said = (words: string, ssl: string, string: Spelling['string']): Spelling => ({ string, options: `ssl: ${ssl}`, environment: [['PGSSLMODE', words]], condition: null });
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return said('disable', 'false', null);
  if (mode === 'require') return said('require', 'true', [['ssl', 'true']]);
  const ca = root === null ? '' : `, ca: readFileSync('/path/to/${root}', 'utf8')`;
  return { string: null, options: `ssl: { rejectUnauthorized: true${ca} }`, environment: null, condition: null };
}
