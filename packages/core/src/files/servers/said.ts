import type { Clients, ServerSetting } from '../../server.ts';
import type { MappedText } from '../../text.ts';

/** Nothing is said of who may come. */
export const CLIENTS: Clients = { hostClass: 'hidden', address: null, name: 'clients' };

/** Only this machine may come. */
export const THIS_MACHINE: Clients = { hostClass: 'loopback', address: null, name: 'clients on this machine' };

/** What a product needs to say of a setting; the rest is as it is nearly everywhere. */
export type Said = Pick<ServerSetting, 'product' | 'key' | 'span' | 'whole' | 'weakest' | 'strongest'> & Partial<ServerSetting>;

/** A setting with what holds where nothing else is said. */
export function setting(said: Said): ServerSetting {
  return { said: true, clients: CLIENTS, database: null, admits: null, because: '', remedy: '', weakTls: [], files: [], unsure: false, ...said };
}

/** With the addresses by which clients in the same module know the server; as it was where there are none. */
export function named(found: ServerSetting, addresses: readonly (string | null)[]): ServerSetting {
  const names = addresses.filter((address) => address !== null);
  return names.length === 0 ? found : { ...found, names };
}

/** Settings of a text that stands in another one, a block of YAML say, with their places in the source. */
export function inSource(settings: readonly ServerSetting[], text: MappedText, key: string): readonly ServerSetting[] {
  return settings.map((found) => ({
    ...found,
    key: found.key === null ? key : `${key}.${found.key}`,
    span: text.toSource(found.span),
    whole: text.toSource(found.whole),
    weakTls: found.weakTls.map((weak) => ({ ...weak, span: text.toSource(weak.span) })),
    files: found.files.map((file) => ({ ...file, span: text.toSource(file.span) })),
  }));
}

/** Whether a word switches on, as PostgreSQL reads it (src/backend/utils/adt/bool.c, parse_bool); `null` for what it refuses. */
export function boolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (word === '') return null;
  if (word === '1' || 'true'.startsWith(word) || 'yes'.startsWith(word) || word === 'on') return true;
  return word === '0' || 'false'.startsWith(word) || 'no'.startsWith(word) || (word.length > 1 && 'off'.startsWith(word)) ? false : null;
}
