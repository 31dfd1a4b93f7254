import type { ServerSetting } from '../../server.ts';
import { addressOf, parameterOf, placeOf, propertyAt, referencesIn, resourcesOf, sourceOf, type Document, type Property, type Resource } from './resources.ts';
import { named, setting } from './said.ts';

const GROUPS: readonly string[] = ['aws_db_parameter_group', 'aws_rds_cluster_parameter_group', 'AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup', 'aws:rds:ParameterGroup', 'aws:rds:ClusterParameterGroup'];
const INSTANCES: readonly string[] = ['aws_db_instance', 'aws_rds_cluster_instance', 'AWS::RDS::DBInstance', 'aws:rds:Instance', 'aws:rds:ClusterInstance'];
const REDSHIFT_GROUPS: readonly string[] = ['aws_redshift_parameter_group', 'AWS::Redshift::ClusterParameterGroup', 'aws:redshift:ParameterGroup'];

/**
 * The first major version in which `rds.force_ssl` is 1 by default.
 *
 * RDS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html ("for RDS for
 * PostgreSQL version 15 and later"); Aurora:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html (17 and later).
 */
const FORCED_FROM = { 'Amazon RDS': 15, 'Amazon Aurora': 17 } as const;

type Product = keyof typeof FORCED_FROM;

/** What RDS, Aurora and Redshift are told: their parameter groups, and instances that the internet reaches. */
export function readAws(document: Document, resources: readonly Resource[]): readonly ServerSetting[] {
  const own = groupsOf(resources);
  let others: ReadonlyMap<string, Resource> | undefined;
  const groups = (name: string): Resource | undefined => own.get(name) ?? (others ??= groupsOf(resourcesOf(document.beside()))).get(name);
  let users: ReadonlyMap<string, readonly string[]> | undefined;
  const forUsers = (found: readonly ServerSetting[], group: Resource): readonly ServerSetting[] => {
    if (found.length === 0) return [];
    users ??= usersOfGroups(document, resources);
    const names = users.get(addressOf(group) ?? '') ?? [];
    return found.map((setting) => named(setting, names));
  };
  return resources.flatMap((resource): readonly ServerSetting[] => {
    if (GROUPS.includes(resource.type)) return forUsers(parameterGroup(resource), resource);
    if (INSTANCES.includes(resource.type)) return instance(document, resource, groups);
    return REDSHIFT_GROUPS.includes(resource.type) ? forUsers(redshift(resource), resource) : [];
  });
}

const OF_GROUPS = ['parameter_group_name', 'db_parameter_group_name', 'db_cluster_parameter_group_name', 'cluster_parameter_group_name'];

/** The addresses of the instances and clusters that each group is for. */
function usersOfGroups(document: Document, resources: readonly Resource[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const resource of resources) {
    const address = addressOf(resource);
    if (address === null) continue;
    for (const group of referencesIn(document, resource, OF_GROUPS)) {
      const known = users.get(group);
      if (known === undefined) users.set(group, [address]);
      else known.push(address);
    }
  }
  return users;
}

/** Parameter groups by their names. */
function groupsOf(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(resources.flatMap((resource) => (GROUPS.includes(resource.type) && resource.name !== '' ? [[resource.name, resource] as const] : [])));
}

function parameterGroup(resource: Resource): readonly ServerSetting[] {
  const family = propertyAt(resource.properties, ['family'], resource.path)?.text ?? null;
  // SQL Server has a parameter of that name, too.
  if (family !== null && !/^(?:aurora-)?postgres/.test(family)) return [];
  const forced = parameterOf(resource, /^AWS::|^aws:/.test(resource.type) ? 'parameters' : 'parameter', 'rds.force_ssl');
  const product = family?.startsWith('aurora') === true ? 'Amazon Aurora' : 'Amazon RDS';
  return forced === null ? [] : switched(forced, product, 'rds.force_ssl', '1', /^(?:0|false|off)$/i, family === null);
}

/** https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html: false unless set, but in groups of the family redshift-2.0 (January 2025). */
function redshift(resource: Resource): readonly ServerSetting[] {
  const required = parameterOf(resource, /^AWS::|^aws:/.test(resource.type) ? 'parameters' : 'parameter', 'require_ssl');
  return required === null ? [] : switched(required, 'Amazon Redshift', 'require_ssl', 'true', /^(?:false|off|0)$/i, false);
}

function switched(property: Property, product: string, name: string, on: string, off: RegExp, unsure: boolean): readonly ServerSetting[] {
  if (property.text === null) return [];
  const said = { product, ...placeOf(property), unsure };
  if (!off.test(property.text)) return [setting({ ...said, weakest: 'require', strongest: 'require' })];
  return [setting({ ...said, weakest: 'prefer', strongest: 'prefer', admits: 'plaintext', because: `\`${name}\` is \`${property.text}\``, remedy: `Set \`${name}\` to \`${on}\`.` })];
}

/** An instance that the internet reaches, of a version whose default lets it in without TLS, with no group that says otherwise. */
function instance(document: Document, resource: Resource, groups: (name: string) => Resource | undefined): readonly ServerSetting[] {
  const { properties, path } = resource;
  const text = (name: string): string | null => propertyAt(properties, [name], path)?.text ?? null;
  const engine = text('engine');
  const product: Product | null = engine === 'postgres' ? 'Amazon RDS' : engine === 'aurora-postgresql' ? 'Amazon Aurora' : null;
  const version = propertyAt(properties, ['engine_version'], path);
  const major = /^\d+/.exec(version?.text ?? '')?.[0];
  if (product === null || version === null || major === undefined || Number(major) >= FORCED_FROM[product] || text('publicly_accessible')?.toLowerCase() !== 'true') return [];
  const group = ['parameter_group_name', 'db_parameter_group_name'].map((name) => propertyAt(properties, [name], path)).find((found) => found !== null);
  if (group !== undefined) {
    // `aws_db_parameter_group.pg.name`, `!Ref Pg`.
    const known = sourceOf(document, group.entry.value).split(/[^\w-]+/).map(groups).find((found) => found !== undefined);
    // A group from elsewhere may say it.
    if (known === undefined && !group.text?.startsWith('default.')) return [];
    if (known !== undefined && parameterGroup(known).length > 0) return [];
  }
  return [
    setting({
      product,
      ...placeOf(version),
      weakest: 'prefer',
      strongest: 'prefer',
      said: false,
      clients: { hostClass: 'public', address: null, name: 'clients from anywhere' },
      admits: 'plaintext',
      because: `\`rds.force_ssl\` is 0 by default before version ${FORCED_FROM[product]}, and nothing here sets it`,
      remedy: 'Give it a parameter group with `rds.force_ssl` at 1.',
    }),
  ];
}
