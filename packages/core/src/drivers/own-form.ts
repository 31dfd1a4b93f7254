import type { ParsedString, Setting } from '../settings/setting.ts';
import type { Driver } from './driver.ts';

/** Npgsql's names (NpgsqlConnectionStringBuilder.cs) of what others call as libpq does. */
const ADO_NAMES: Readonly<Record<string, string>> = {
  host: 'Host', port: 'Port', user: 'Username', password: 'Password', dbname: 'Database',
  sslmode: 'SSL Mode', sslrootcert: 'Root Certificate', sslcert: 'SSL Certificate', sslkey: 'SSL Key', channel_binding: 'Channel Binding', sslnegotiation: 'SSL Negotiation',
};

/**
 * Parts (host, user, sslmode …) in the form of a driver that takes no URL such as libpq's: whose program has them as parts
 * puts them together to its driver's own string. As it is for any other driver.
 */
export function inOwnForm(string: ParsedString | null, { forms }: Pick<Driver, 'forms'>): ParsedString | null {
  if (string?.form !== 'url' || forms.includes('url')) return string;
  if (forms.includes('jdbc')) return { ...string, form: 'jdbc', scheme: 'jdbc:postgresql', settings: string.settings.map((setting) => ({ ...setting, key: setting.name })) };
  // Names and values, as they are (pgbouncer.ini, odbc.ini).
  if (!forms.includes('ado')) return { ...string, form: 'keyword-value' };
  const named = (setting: Setting): Setting[] => {
    const key = ADO_NAMES[setting.name];
    if (key === undefined) return [];
    // The program says VerifyFull where its variable says verify-full.
    return [{ ...setting, key, value: setting.name === 'sslmode' ? (setting.value?.replaceAll('-', '') ?? null) : setting.value }];
  };
  return { ...string, form: 'ado', scheme: null, settings: string.settings.flatMap(named) };
}
