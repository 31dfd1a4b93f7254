import type { ServerSetting } from '../../server.ts';
import { addressOf, placeOf, propertyAt, referencesIn, type Document, type Property, type Resource } from './resources.ts';
import { named, setting } from './said.ts';

// https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-connect-tls-ssl: TLS is enforced unless the
// parameter require_secure_transport is switched off. Single server, retired in March 2025, had sslEnforcement.

const CONFIGURATIONS = /^(?:azurerm_postgresql_(?:flexible_server_)?configuration|Microsoft\.DBforPostgreSQL\/(?:flexibleServers|servers)\/configurations|azure:postgresql:(?:FlexibleServer)?Configuration|azure-native:dbforpostgresql(?:\/\w+)?:Configuration)$/i;
const SINGLE_SERVERS = /^(?:azurerm_postgresql_server|Microsoft\.DBforPostgreSQL\/servers|azure:postgresql:Server)$/i;

/** What Azure Database for PostgreSQL is told. */
export function readAzure(document: Document, resources: readonly Resource[]): readonly ServerSetting[] {
  return resources.flatMap((resource): readonly ServerSetting[] => {
    const { type, name, properties, path } = resource;
    const at = (wanted: string): Property | null => propertyAt(properties, [wanted], path);
    if (CONFIGURATIONS.test(type)) {
      const parameter = (at('configuration_name') ?? at('name'))?.text ?? name;
      return /(?:^|[/'])require_secure_transport\W*$/.test(parameter) ? switched(at('value'), 'require_secure_transport', 'on').map((found) => named(found, referencesIn(document, resource, ['server_id', 'server_name']))) : [];
    }
    if (!SINGLE_SERVERS.test(type)) return [];
    const enforced = at('ssl_enforcement_enabled') ?? at('ssl_enforcement');
    return switched(enforced, enforced?.entry.name ?? '', enforced?.entry.name === 'sslEnforcement' ? 'Enabled' : 'true').map((found) => named(found, [addressOf(resource)]));
  });
}

function switched(property: Property | null, name: string, on: string): readonly ServerSetting[] {
  if (property?.text == null) return [];
  const said = { product: 'Azure Database for PostgreSQL', ...placeOf(property) };
  if (!/^(?:off|false|0|disabled)$/i.test(property.text)) return [setting({ ...said, weakest: 'require', strongest: 'require' })];
  return [setting({ ...said, weakest: 'prefer', strongest: 'prefer', admits: 'plaintext', because: `\`${name}\` is \`${property.text}\``, remedy: `Set \`${name}\` to \`${on}\`.` })];
}
