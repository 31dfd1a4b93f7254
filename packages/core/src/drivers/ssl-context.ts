import type { Verifies } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Value } from '../value.ts';
import { optionOf, quoted } from './outcome.ts';

/**
 * What Python's ssl.SSLContext checks. It is described by the attributes that differ from those of ssl.create_default_context(),
 * as a program assigns them: `{ check_hostname: false, verify_mode: 'CERT_NONE' }`. `null` for what is no context.
 *
 * Facts: Python 3.11 Lib/ssl.py create_default_context(), measured: it checks both, CERT_NONE checks nothing, and to a
 * client CERT_OPTIONAL is CERT_REQUIRED.
 */
export function checkedByContext(value: Value, path: string): { readonly verifies: Verifies; readonly setting: Setting; readonly text: string } | null {
  const mode = optionOf(value, 'verify_mode', `${path}.verify_mode`);
  if (mode?.setting.value === 'CERT_NONE') return { verifies: 'nothing', setting: mode.setting, text: `${quoted(mode.setting)} accepts any certificate` };
  const name = optionOf(value, 'check_hostname', `${path}.check_hostname`);
  if (name?.setting.value === 'false') return { verifies: 'chain', setting: name.setting, text: `${quoted(name.setting)} takes a certificate that is good for any other host` };
  return null;
}
