import type { Admits, ServerFile, ServerMode, ServerSetting } from '../../server.ts';
import { textAt, type Entry, type Node } from '../tree/tree.ts';
import { clientsOf } from './clients.ts';
import { setting } from './said.ts';

// https://www.pgbouncer.org/config.html, "TLS settings" and "Authentication settings".

/** What each word makes of clients; `prefer` is "same as allow" there, and what follows `require` is about the client's certificate. */
const MODES: Readonly<Record<string, ServerMode>> = { disable: 'disable', allow: 'prefer', prefer: 'prefer', require: 'require', 'verify-ca': 'require', 'verify-full': 'require' };

/** What the settings of PgBouncer say about its clients. Without `client_tls_sslmode` it takes none with TLS, in all its versions. */
export function readPgbouncer(general: Node | undefined, path: string): readonly ServerSetting[] {
  if (general?.kind !== 'map') return [];
  // Of those that are written twice the last counts.
  const entryOf = (name: string): Entry | undefined => general.entries.findLast((entry) => entry.name.toLowerCase() === name);
  const textOf = (name: string): string | undefined => textAt(entryOf(name)?.value)?.trim();
  const word = textOf('client_tls_sslmode');
  const entry = entryOf('client_tls_sslmode');
  const mode = word === undefined ? undefined : MODES[word];
  if (entry === undefined || mode === undefined) return [];
  const clients = clientsOf(textOf('listen_addr'));
  const protocols = entryOf('client_tls_protocols');
  const weak = textAt(protocols?.value)?.toLowerCase().split(/[\s,:]+/).find((protocol) => ['all', 'legacy', 'tlsv1', 'tlsv1.0', 'tlsv1.1'].includes(protocol));
  const whole = entry.value.span;
  const said = {
    key: path === '' ? entry.name : `${path}.${entry.name}`,
    span: entry.value.kind === 'scalar' && entry.value.value !== 'hidden' ? entry.value.value.span : whole,
    whole: entry.span,
    weakTls: weak === undefined || protocols === undefined || mode === 'disable' ? [] : [{ span: protocols.value.span, because: `\`client_tls_protocols\` takes \`${weak}\`` }],
    files: mode === 'disable' ? [] : Object.entries(FILES).flatMap(([name, role]) => fileOf(entryOf(name), role)),
    ...(clients !== null && { clients }),
  };
  const plain = textOf('auth_type') === 'plain';
  return modeOfClients(word ?? '', 'client_tls_sslmode', said, plain);
}

const FILES = { client_tls_cert_file: 'certificate', client_tls_key_file: 'key', client_tls_ca_file: 'ca' } as const;

function fileOf(entry: Entry | undefined, role: ServerFile['role']): readonly ServerFile[] {
  const path = textAt(entry?.value)?.trim() ?? '';
  return entry?.value.kind !== 'scalar' || entry.value.value === 'hidden' || path === '' ? [] : [{ role, path, span: entry.value.value.span }];
}

/** What a word for `client_tls_sslmode` makes of clients; `name` is what it is called here. */
export function modeOfClients(word: string, name: string, said: Partial<ServerSetting> & Pick<ServerSetting, 'key' | 'span' | 'whole'>, plain = false): readonly ServerSetting[] {
  const mode = MODES[word];
  if (mode === undefined) return [];
  const found = { ...said, product: 'PgBouncer', weakest: mode, strongest: mode };
  if (mode === 'require') return [setting(found)];
  const admits: Admits = plain ? 'plaintext-passwords' : mode === 'disable' ? 'only-plaintext' : 'plaintext';
  const takes = mode === 'disable' ? 'takes nobody with TLS' : 'takes those that come without TLS as well';
  const asks = plain ? ', and `auth_type` is `plain`' : '';
  return [setting({ ...found, admits, because: `\`${name}\` is \`${word}\`, which ${takes}${asks}`, remedy: `Set \`${name}\` to \`require\`, with a certificate and its key.` })];
}
