import type { ServerSetting } from '../../server.ts';
import { clientsFrom } from './clients.ts';
import { addressOf, mapsOf, placeOf, propertyAt, propertyOf, type Document, type Resource } from './resources.ts';
import { CLIENTS, named, setting } from './said.ts';
import { textAt } from '../tree/tree.ts';

// https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/instances#ipconfiguration: `sslMode` wins over
// `requireSsl`; without both, clients come with TLS and without. `require_ssl` is gone from version 6 of Terraform's
// provider (https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/version_6_upgrade).

const INSTANCES: readonly string[] = ['google_sql_database_instance', 'gcp:sql:DatabaseInstance', 'google-native:sqladmin/v1:Instance', 'sqladmin.v1beta4.instance', 'gcp-types/sqladmin-v1beta4:instances', 'SQLInstance'];
/** https://cloud.google.com/alloydb/docs/instance-ssl: only clients with TLS unless it is told otherwise. */
const ALLOYDB: readonly string[] = ['google_alloydb_instance', 'gcp:alloydb:Instance', 'AlloyDBInstance'];

/** What Cloud SQL and AlloyDB are told. */
export function readGoogle(_document: Document, resources: readonly Resource[]): readonly ServerSetting[] {
  return resources.flatMap((resource): readonly ServerSetting[] => {
    if (INSTANCES.includes(resource.type)) return cloudSql(resource).map((found) => named(found, [addressOf(resource)]));
    const mode = ALLOYDB.includes(resource.type) ? propertyAt(resource.properties, ['client_connection_config', 'ssl_config', 'ssl_mode'], resource.path) : null;
    return mode?.text == null ? [] : [named(byMode(mode, mode.text, 'AlloyDB', false), [addressOf(resource)])];
  });
}

function cloudSql({ properties, path }: Resource): readonly ServerSetting[] {
  const version = propertyAt(properties, ['database_version'], path);
  if (version?.text != null && !/^POSTGRES/i.test(version.text)) return [];
  const unsure = version?.text == null;
  const at = (name: string): ReturnType<typeof propertyAt> => propertyAt(properties, ['settings', 'ip_configuration', name], path);
  const mode = at('ssl_mode');
  if (mode !== null) return mode.text === null ? [] : [byMode(mode, mode.text, 'Cloud SQL', unsure)];
  const required = at('require_ssl');
  if (required !== null) {
    if (required.text === null) return [];
    const said = { product: 'Cloud SQL', ...placeOf(required), unsure };
    if (required.text.toLowerCase() === 'true') return [setting({ ...said, weakest: 'require', strongest: 'require' })];
    return [setting({ ...said, weakest: 'prefer', strongest: 'prefer', admits: 'plaintext', because: '`require_ssl` is `false`', remedy: 'Write `ssl_mode` at `ENCRYPTED_ONLY` instead: `require_ssl` is retired.' })];
  }
  // Nothing is said: only of a version that is known, and where somebody from outside is let in.
  const networks = at('authorized_networks');
  const network = mapsOf(networks?.entry.value).map((each) => propertyOf(each, 'value')).find((value) => textAt(value?.value) !== undefined);
  if (unsure || networks === null || network === undefined) return [];
  const clients = clientsFrom(textAt(network.value) ?? '', null);
  return [
    setting({
      product: 'Cloud SQL',
      ...placeOf({ entry: network, path: networks.path, text: null }),
      weakest: 'prefer',
      strongest: 'prefer',
      said: false,
      clients: clients.hostClass === 'loopback' ? CLIENTS : clients,
      admits: 'plaintext',
      because: 'no `ssl_mode` is given, and without one it takes those that come without TLS as well',
      remedy: 'Set `ssl_mode` to `ENCRYPTED_ONLY`.',
    }),
  ];
}

function byMode(property: NonNullable<ReturnType<typeof propertyAt>>, mode: string, product: string, unsure: boolean): ServerSetting {
  const said = { product, ...placeOf(property), unsure };
  if (mode !== 'ALLOW_UNENCRYPTED_AND_ENCRYPTED') return setting({ ...said, weakest: 'require', strongest: 'require' });
  return setting({ ...said, weakest: 'prefer', strongest: 'prefer', admits: 'plaintext', because: `\`ssl_mode\` is \`${mode}\``, remedy: 'Set `ssl_mode` to `ENCRYPTED_ONLY`.' });
}
