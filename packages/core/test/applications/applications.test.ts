import { describe, expect, it } from 'vitest';
import { APPLICATIONS, type Application, type Connection, variablesOf } from '../../src/applications/index.ts';
import { checkFile } from '../../src/check.ts';
import type { FileReport } from '../../src/finding.ts';
import { mayHold } from '../../src/files/index.ts';
import { readFileSync } from '../../src/files/sync.ts';
import { presetPolicy } from '../../src/policy/resolve.ts';

function check(path: string, text: string): FileReport {
  expect(mayHold(new TextEncoder().encode(text))).toBe(true);
  return checkFile(text, readFileSync(path, text), { path, policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24' });
}

/** A service of Compose. */
function service(image: string, environment: Readonly<Record<string, string>>): string {
  return `services:\n  it:\n    image: ${image}\n    environment:\n${Object.entries(environment).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`).join('')}`;
}

function shown({ connections, findings }: FileReport): string[] {
  return [...connections.map(({ driver, effective }) => `${driver} ${effective}`), ...findings.map(({ rule }) => rule)];
}

const URL = 'postgres://u:s3cret@db.acme.com/app';

/** [application, image, variables, what is said of them] */
const CASES: readonly (readonly [id: string, image: string, environment: Readonly<Record<string, string>>, said: readonly string[]])[] = [
  ['n8n', 'docker.n8n.io/n8nio/n8n', { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db.acme.com' }, ['node-postgres@8 disable', 'require-sslmode']],
  ['n8n', 'n8nio/n8n:1.100.1', { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db.acme.com', DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED: 'false' }, ['node-postgres@8 require', 'prefer-verified']],
  ['n8n', 'n8nio/n8n', { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db.acme.com', DB_POSTGRESDB_SSL_CA_FILE: '/run/secrets/ca' }, ['node-postgres@8 verify-full']],
  ['directus', 'directus/directus:11', { DB_CLIENT: 'pg', DB_HOST: 'db.acme.com', DB_USER: 'd', DB_SSL__REJECT_UNAUTHORIZED: 'false' }, ['node-postgres@8 require', 'prefer-verified']],
  ['directus', 'directus/directus:11', { DB_CLIENT: 'pg', DB_HOST: 'db.acme.com', DB_USER: 'd', DB_SSL: 'true' }, ['node-postgres@8 verify-full']],
  ['directus', 'directus/directus:11', { DB_CLIENT: 'pg', DB_CONNECTION_STRING: URL, DB_SSL: 'true' }, ['node-postgres@8 disable', 'require-sslmode']],
  ['directus', 'directus/directus:11', { DB_CLIENT: 'mysql', DB_HOST: 'db.acme.com', DB_USER: 'd', DB_SSL: 'true' }, []],
  ['strapi', 'acme/strapi', { DATABASE_CLIENT: 'postgres', APP_KEYS: 'x', DATABASE_HOST: 'db.acme.com', DATABASE_SSL_REJECT_UNAUTHORIZED: 'true' }, ['node-postgres@8 disable', 'require-sslmode']],
  ['strapi', 'acme/strapi', { DATABASE_CLIENT: 'postgres', APP_KEYS: 'x', DATABASE_HOST: 'db.acme.com', DATABASE_SSL: 'true' }, ['node-postgres@8 verify-full']],
  ['infisical', 'infisical/infisical:v0.100.0', { DB_CONNECTION_URI: URL, PGSSLMODE: 'require' }, ['node-postgres@8 disable', 'require-sslmode']],
  ['infisical', 'infisical/infisical', { DB_HOST: 'db.acme.com', DB_USER: 'u', DB_NAME: 'd', DB_ROOT_CERT: 'LS0tLS1CRUdJTg==' }, ['node-postgres@8 verify-full']],
  ['unleash', 'unleashorg/unleash-server', { DATABASE_HOST: 'db.acme.com', DATABASE_NAME: 'x' }, ['node-postgres@8 require', 'prefer-verified']],
  ['unleash', 'unleashorg/unleash-server', { DATABASE_HOST: 'db.acme.com', DATABASE_SSL: 'false' }, ['node-postgres@8 disable', 'no-plaintext']],
  ['unleash', 'unleashorg/unleash-server', { DATABASE_HOST: 'db.acme.com', DATABASE_SSL_CA_FILE: '/ca.pem' }, ['node-postgres@8 verify-full']],
  ['wikijs', 'ghcr.io/requarks/wiki:2', { DB_TYPE: 'postgres', DB_HOST: 'db.acme.com', DB_USER: 'w', DB_NAME: 'w' }, ['node-postgres@8 disable', 'require-sslmode']],
  ['wikijs', 'ghcr.io/requarks/wiki:2', { DB_TYPE: 'postgres', DB_HOST: 'db.acme.com', DB_USER: 'w', DB_SSL: '1' }, ['node-postgres@8 verify-full']],
  ['flowise', 'flowiseai/flowise', { DATABASE_TYPE: 'postgres', DATABASE_HOST: 'db.acme.com', DATABASE_SSL: 'true', DATABASE_SSL_KEY_BASE64: 'aGk=' }, ['node-postgres@8 require', 'prefer-verified']],
  ['flowise', 'flowiseai/flowise', { DATABASE_TYPE: 'postgres', DATABASE_HOST: 'db.acme.com', DATABASE_SSL: 'true' }, ['node-postgres@8 verify-full']],
  ['outline', 'outlinewiki/outline:0.87', { DATABASE_URL: `${URL}?sslmode=verify-full` }, ['node-postgres@8 require', 'prefer-verified']],
  ['outline', 'outlinewiki/outline:0.87', { DATABASE_URL: URL, PGSSLMODE: 'disable' }, ['node-postgres@8 disable', 'no-plaintext']],
  ['immich', 'ghcr.io/immich-app/immich-server:v2', { DB_HOSTNAME: 'db.acme.com', DB_USERNAME: 'i', DB_DATABASE_NAME: 'i' }, ['postgres.js@3 disable', 'require-sslmode']],
  ['immich', 'ghcr.io/immich-app/immich-server:v2', { DB_HOSTNAME: 'db.acme.com', DB_USERNAME: 'i', DB_SSL_MODE: 'verify-full' }, ['postgres.js@3 verify-full']],
  ['umami', 'ghcr.io/umami-software/umami:latest', { DATABASE_URL: URL }, ['prisma-adapter-pg@7 disable', 'require-sslmode']],
  ['umami', 'ghcr.io/umami-software/umami:latest', { DATABASE_URL: `${URL}?sslmode=verify-full` }, ['prisma-adapter-pg@7 verify-full']],
  ['langfuse', 'langfuse/langfuse:3', { DATABASE_HOST: 'db.acme.com', DATABASE_USERNAME: 'l', DATABASE_ARGS: 'sslmode=require' }, ['prisma@6 require', 'prefer-verified']],
  ['langfuse', 'langfuse/langfuse:3', { DATABASE_HOST: 'db.acme.com', DATABASE_USERNAME: 'l', DATABASE_ARGS: 'sslmode=require&sslaccept=strict' }, ['prisma@6 verify-full']],
  ['supabase-storage', 'supabase/storage-api:v1', { DATABASE_URL: URL }, ['node-postgres@8 disable', 'require-sslmode']],
  ['supabase-storage', 'supabase/storage-api:v1', { DATABASE_URL: URL, DATABASE_SSL_ROOT_CERT: '-----BEGIN CERTIFICATE-----' }, ['node-postgres@8 verify-full']],
  ['postgres-meta', 'supabase/postgres-meta:v0.91', { PG_META_DB_HOST: 'db.acme.com' }, ['node-postgres@8 disable', 'require-sslmode']],
  ['postgres-meta', 'supabase/postgres-meta:v0.91', { PG_META_DB_HOST: 'db.acme.com', PG_META_DB_SSL_MODE: 'verify-ca' }, ['node-postgres@8 require', 'prefer-verified']],
  ['postgres-meta', 'supabase/postgres-meta:v0.91', { PG_META_DB_URL: `${URL}?sslmode=require` }, ['node-postgres@8 require', 'prefer-verified']],
  ['postgres-meta', 'supabase/postgres-meta:v0.91', { PG_META_DB_URL: `${URL}?sslmode=verify-full` }, ['node-postgres@8 verify-full']],
  ['grafana', 'grafana/grafana-oss:12.0.0', { GF_DATABASE_TYPE: 'postgres', GF_DATABASE_HOST: 'db.acme.com:5432', GF_DATABASE_NAME: 'g' }, ['lib-pq@1.12 disable', 'require-sslmode']],
  ['grafana', 'grafana/grafana', { GF_DATABASE_TYPE: 'mysql', GF_DATABASE_HOST: 'db.acme.com:3306', GF_DATABASE_SSL_MODE: 'skip-verify' }, []],
  ['grafana', 'grafana/grafana', { GF_DATABASE_URL: `${URL}?sslmode=require`, GF_DATABASE_SSL_MODE: 'verify-full' }, ['lib-pq@1.12 require', 'prefer-verified']],
  ['gitea', 'docker.gitea.com/gitea:1', { GITEA__database__DB_TYPE: 'postgres', GITEA__database__HOST: 'db.acme.com:5432' }, ['lib-pq@1.12 disable', 'require-sslmode']],
  ['gitea', 'docker.gitea.com/gitea:1', { GITEA__database__DB_TYPE: 'postgres', GITEA__database__HOST: 'db.acme.com', GITEA__database__SSL_MODE: 'verify-full' }, ['lib-pq@1.12 verify-full']],
  ['forgejo', 'codeberg.org/forgejo/forgejo:12', { FORGEJO__database__DB_TYPE: 'postgres', FORGEJO__database__HOST: 'db.acme.com', FORGEJO__database__SSL_MODE: 'require' }, ['lib-pq@1.12 require', 'prefer-verified']],
  ['mattermost', 'mattermost/mattermost-team-edition', { MM_SQLSETTINGS_DRIVERNAME: 'postgres', MM_SQLSETTINGS_DATASOURCE: `${URL}?sslmode=disable&connect_timeout=10` }, ['lib-pq@1.12 disable', 'no-plaintext']],
  ['mattermost', 'mattermost/mattermost-team-edition', { MM_SQLSETTINGS_DATASOURCE: `${URL}?sslmode=verify-full` }, ['lib-pq@1.12 verify-full']],
  ['temporal', 'temporalio/auto-setup:1.29', { DB: 'postgres12', POSTGRES_SEEDS: 'db.acme.com', POSTGRES_USER: 't', POSTGRES_PWD: 's3cret' }, ['lib-pq@1.12 disable', 'require-sslmode']],
  ['temporal', 'temporalio/server:1.29', { DB: 'postgres12', POSTGRES_SEEDS: 'db.acme.com', SQL_TLS_ENABLED: 'true', SQL_CA: '/ca.pem' }, ['lib-pq@1.12 verify-ca', 'prefer-verified']],
  ['temporal', 'temporalio/server:1.29', { DB: 'mysql8', MYSQL_SEEDS: 'db.acme.com', SQL_TLS_ENABLED: 'true' }, []],
  ['harbor', 'goharbor/harbor-core:v2.13', { POSTGRESQL_HOST: 'db.acme.com', POSTGRESQL_USERNAME: 'h', POSTGRESQL_SSLMODE: 'require' }, ['pgx@5.10 require', 'prefer-verified']],
  ['harbor', 'goharbor/harbor-exporter:v2.13', { HARBOR_DATABASE_HOST: 'db.acme.com', HARBOR_DATABASE_SSLMODE: 'verify-full' }, ['pgx@5.10 verify-full']],
  ['zitadel', 'ghcr.io/zitadel/zitadel:v4', { ZITADEL_DATABASE_POSTGRES_HOST: 'db.acme.com', ZITADEL_DATABASE_POSTGRES_USER_SSL_MODE: 'disable', ZITADEL_DATABASE_POSTGRES_ADMIN_SSL_MODE: 'verify-full' }, ['pgx@5.10 disable', 'pgx@5.10 verify-full', 'no-plaintext']],
  ['vikunja', 'vikunja/vikunja', { VIKUNJA_DATABASE_TYPE: 'postgres', VIKUNJA_DATABASE_HOST: 'db.acme.com' }, ['lib-pq@1.12 disable', 'require-sslmode']],
  ['listmonk', 'listmonk/listmonk:latest', { LISTMONK_db__host: 'db.acme.com', LISTMONK_db__ssl_mode: 'disable' }, ['lib-pq@1.12 disable', 'no-plaintext']],
  ['postgres-exporter', 'quay.io/prometheuscommunity/postgres-exporter', { DATA_SOURCE_URI: 'db.acme.com:5432/postgres?sslmode=disable', DATA_SOURCE_USER: 'e' }, ['lib-pq@1.12 disable', 'no-plaintext']],
  ['postgres-exporter', 'quay.io/prometheuscommunity/postgres-exporter', { DATA_SOURCE_NAME: 'user=postgres host=db.acme.com sslmode=verify-full' }, ['lib-pq@1.12 verify-full']],
  ['supabase-auth', 'supabase/gotrue:v2', { GOTRUE_DB_DATABASE_URL: `${URL}?sslmode=verify-full` }, ['pgx@4.18 verify-full']],
  ['supabase-auth', 'supabase/gotrue:v2', { GOTRUE_DB_DATABASE_URL: URL }, ['pgx@4.18 prefer', 'require-sslmode']],
  ['coder', 'ghcr.io/coder/coder', { CODER_PG_CONNECTION_URL: `${URL}?sslmode=disable` }, ['lib-pq@1.12 disable', 'no-plaintext']],
  ['ory', 'oryd/kratos:v1.3', { DSN: `${URL}?sslmode=disable` }, ['pgx@5.10 disable', 'no-plaintext']],
  ['keycloak', 'quay.io/keycloak/keycloak:26.0', { KC_DB: 'postgres', KC_DB_URL_HOST: 'db.acme.com' }, ['pgjdbc@42.7.12 prefer', 'require-sslmode']],
  ['keycloak', 'quay.io/keycloak/keycloak:26.0', { KC_DB: 'postgres', KC_DB_URL_HOST: 'db.acme.com', KC_DB_URL_PROPERTIES: '?sslmode=require' }, ['pgjdbc@42.7.12 require', 'prefer-verified']],
  ['keycloak', 'quay.io/keycloak/keycloak:26.0', { KC_DB: 'postgres', KC_DB_URL_HOST: 'db.acme.com', KC_DB_URL_PROPERTIES: '?sslmode=verify-full&sslrootcert=/ca.pem' }, ['pgjdbc@42.7.12 verify-full']],
  ['keycloak', 'quay.io/keycloak/keycloak:26.0', { KC_DB: 'mariadb', KC_DB_URL_HOST: 'db.acme.com' }, []],
  ['metabase', 'metabase/metabase:v0.55', { MB_DB_TYPE: 'postgres', MB_DB_HOST: 'db.acme.com', MB_DB_USER: 'm' }, ['pgjdbc@42.7.12 prefer', 'require-sslmode']],
  ['metabase', 'metabase/metabase:v0.55', { MB_DB_CONNECTION_URI: `${URL}?sslmode=require` }, ['pgjdbc@42.7.12 require', 'prefer-verified']],
  ['sonarqube', 'sonarqube:lts', { SONAR_JDBC_URL: 'jdbc:postgresql://db.acme.com/sonar' }, ['pgjdbc@42.7.12 prefer', 'require-sslmode']],
  ['airflow', 'apache/airflow:3', { AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: 'postgresql+psycopg2://u:s3cret@db.acme.com/airflow?sslmode=verify-full&sslrootcert=/ca.pem' }, ['psycopg2@2 verify-full']],
  ['dify', 'langgenius/dify-api:1.9', { DB_HOST: 'db.acme.com', DB_USERNAME: 'd', DB_EXTRAS: 'sslmode=require' }, ['psycopg2@2 require', 'prefer-verified']],
  ['superset', 'apache/superset:5.0.0', { DATABASE_DIALECT: 'postgresql', DATABASE_HOST: 'db.acme.com', DATABASE_USER: 's', DATABASE_DB: 's' }, ['psycopg2@2 prefer', 'require-sslmode']],
  ['superset', 'apache/superset:5.0.0', { DATABASE_HOST: 'db.acme.com', DATABASE_USER: 's', PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/ca.pem' }, ['psycopg2@2 verify-full']],
  ['litellm', 'ghcr.io/berriai/litellm:main-stable', { DATABASE_URL: `${URL}?sslmode=verify-full` }, ['prisma@6 prefer', 'no-plaintext-fallback']],
  ['litellm', 'ghcr.io/berriai/litellm:main-stable', { DATABASE_URL: `${URL}?sslmode=require&sslaccept=strict` }, ['prisma@6 verify-full']],
  ['odoo', 'odoo:18', { HOST: 'db.acme.com', USER: 'odoo', PASSWORD: 's3cret' }, ['psycopg2@2 prefer', 'require-sslmode']],
  ['authentik', 'ghcr.io/goauthentik/server:2026.2', { AUTHENTIK_POSTGRESQL__HOST: 'db.acme.com' }, ['psycopg@3 prefer', 'require-sslmode']],
  ['authentik', 'ghcr.io/goauthentik/server:2026.2', { AUTHENTIK_POSTGRESQL__HOST: 'db.acme.com', AUTHENTIK_POSTGRESQL__SSLMODE: 'verify-full', AUTHENTIK_POSTGRESQL__SSLROOTCERT: '/ca.pem' }, ['psycopg@3 verify-full']],
  ['paperless-ngx', 'ghcr.io/paperless-ngx/paperless-ngx', { PAPERLESS_DBHOST: 'db.acme.com' }, ['psycopg@3 prefer', 'require-sslmode']],
  ['netbox', 'netboxcommunity/netbox:v4', { DB_HOST: 'db.acme.com', DB_USER: 'n', DB_SSLMODE: 'disable' }, ['psycopg@3 disable', 'no-plaintext']],
  ['mastodon', 'ghcr.io/mastodon/mastodon:v4.5', { DB_HOST: 'db.acme.com', DB_USER: 'm', DB_PASS: 's3cret' }, ['ruby-pg@1 prefer', 'require-sslmode']],
  ['mastodon', 'ghcr.io/mastodon/mastodon:v4.5', { DB_HOST: 'db.acme.com', DB_USER: 'm', DB_SSLMODE: 'verify-full', PGSSLROOTCERT: 'system' }, ['ruby-pg@1 verify-full']],
  ['chatwoot', 'chatwoot/chatwoot:latest', { POSTGRES_HOST: 'db.acme.com', POSTGRES_USERNAME: 'c' }, ['ruby-pg@1 prefer', 'require-sslmode']],
  ['discourse', 'acme/forum', { DISCOURSE_DB_HOST: 'db.acme.com' }, ['ruby-pg@1 prefer', 'require-sslmode']],
  ['nextcloud', 'nextcloud:31', { POSTGRES_HOST: 'db.acme.com', POSTGRES_USER: 'n' }, ['php-pdo@8 prefer', 'require-sslmode']],
  ['supabase-realtime', 'supabase/realtime:v2', { DB_HOST: 'db.acme.com', DB_USER: 's', DB_SSL: 'true' }, ['postgrex@0.22 require', 'prefer-verified']],
  ['supabase-realtime', 'supabase/realtime:v2', { DB_HOST: 'db.acme.com', DB_USER: 's', DB_SSL: 'true', DB_SSL_CA_CERT: '/ca.pem' }, ['postgrex@0.22 verify-full']],
  ['plausible', 'ghcr.io/plausible/community-edition:v3', { DATABASE_URL: URL }, ['ecto@3 disable', 'require-sslmode']],
  ['plausible', 'ghcr.io/plausible/community-edition:v3', { DATABASE_URL: URL, DATABASE_CACERTFILE: '/ca.pem' }, ['ecto@3 verify-full']],
  ['vaultwarden', 'vaultwarden/server:1.35', { DATABASE_URL: `${URL}?sslmode=require` }, ['diesel@2 require', 'prefer-verified']],
  ['hasura', 'hasura/graphql-engine:v2', { HASURA_GRAPHQL_DATABASE_URL: URL }, ['libpq@18 prefer', 'require-sslmode']],
  ['postgrest', 'postgrest/postgrest', { PGRST_DB_URI: `${URL}?sslmode=verify-full&sslrootcert=system` }, ['libpq@18 verify-full']],
  ['kong', 'kong/kong-gateway:3.11', { KONG_DATABASE: 'postgres', KONG_PG_HOST: 'db.acme.com', KONG_PG_SSL: 'on', KONG_PG_SSL_VERIFY: 'on' }, ['libpq@18 prefer', 'no-plaintext-fallback']],
  ['kong', 'kong:2.8.1', { KONG_DATABASE: 'off', KONG_PG_HOST: 'db.acme.com' }, []],
  ['kong', 'kong:3', { KONG_PG_HOST: 'db.acme.com' }, ['libpq@18 disable', 'require-sslmode']],
];

describe('in a service of Compose', () => {
  it.for(CASES)('%s: %s %j', ([, image, environment, said]) => {
    expect(shown(check('compose.yaml', service(image, environment)))).toEqual(said);
  });

  it('has a case for every application', () => {
    expect([...new Set(CASES.map(([id]) => id))].sort()).toEqual(APPLICATIONS.map(({ id }) => id).sort());
  });
});

it.for<[name: string, path: string, text: string, said: readonly string[]]>([
  ['.env by names that nothing else reads', '.env', 'GF_DATABASE_TYPE=postgres\nGF_DATABASE_HOST=db.acme.com\nGF_DATABASE_SSL_MODE=require\n', ['lib-pq@1.12 require', 'prefer-verified']],
  ['.env by names that only together are one program\'s', '.env', 'DB_HOST=db.acme.com\nDB_USER=m\nDB_SSLMODE=require\nLOCAL_DOMAIN=acme.com\n', ['ruby-pg@1 require', 'prefer-verified']],
  ['names that any program may have', '.env', 'DATABASE_URL=postgres://u:s3cret@db.acme.com/app?sslmode=verify-full\nCLICKHOUSE_DATABASE_URL=http://c\nDATABASE_SSL_ROOT_CERT=/ca.pem\nSQL_TLS_ENABLED=true\n', ['libpq@18 verify-full']],
  ['the same names in a program of one\'s own', '.env', 'DB_HOST=db.acme.com\nDB_PORT=5432\nDB_USER=m\nDB_SSL=false\n', ['postgres.js@3 disable', 'no-plaintext']],
  ['a Kubernetes container with its host in a Secret', 'deploy.yaml', 'containers:\n  - image: grafana/grafana\n    env:\n      - name: GF_DATABASE_HOST\n        valueFrom: { secretKeyRef: { name: db, key: host } }\n      - { name: GF_DATABASE_SSL_MODE, value: disable }\n', ['lib-pq@1.12 disable', 'no-plaintext']],
  ['a ConfigMap with the mode alone', 'cm.yaml', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  GF_DATABASE_SSL_MODE: disable\n', ['lib-pq@1.12 disable', 'no-plaintext']],
  ['a mode that is filled in elsewhere', '.env', 'GF_DATABASE_TYPE=postgres\nGF_DATABASE_HOST=db.acme.com\nGF_DATABASE_SSL_MODE=${MODE}\n', ['lib-pq@1.12 unknown']],
  ['a switch that is filled in elsewhere', '.env', 'DB_POSTGRESDB_HOST=db.acme.com\nDB_POSTGRESDB_SSL_ENABLED=${TLS}\n', ['node-postgres@8 unknown']],
  ['Flowise\'s own compose file, all of whose values come from the shell', 'docker/compose.yml', service('flowiseai/flowise:latest', { DATABASE_TYPE: '${DATABASE_TYPE}', DATABASE_HOST: '${DATABASE_HOST}', DATABASE_SSL: '${DATABASE_SSL}', DATABASE_SSL_KEY_BASE64: '${DATABASE_SSL_KEY_BASE64}' }), ['node-postgres@8 unknown']],
  ['supabase/realtime\'s compose.yml, known by DB_ENC_KEY', 'compose.yml', 'services:\n  realtime:\n    build: .\n    environment:\n      DB_ENC_KEY: "1234567890123456"\n      DB_HOST: db\n      DB_USER: supabase_admin\n', ['postgrex@0.22 disable', 'require-sslmode']],
  ['go-vikunja/vikunja\'s test.yml: all but the host, which is localhost then', '.env', 'VIKUNJA_DATABASE_TYPE=postgres\nVIKUNJA_DATABASE_USER=u\nVIKUNJA_DATABASE_PASSWORD=s3cret\nVIKUNJA_DATABASE_DATABASE=v\nVIKUNJA_DATABASE_SSLMODE=disable\n', ['lib-pq@1.12 disable']],
  ['the same in part: the host may stand where the rest does', '.env', 'VIKUNJA_DATABASE_TYPE=postgres\nVIKUNJA_DATABASE_DATABASE=v\nVIKUNJA_DATABASE_SSLMODE=disable\n', ['lib-pq@1.12 disable', 'no-plaintext']],
  ['an empty mode is none', '.env', 'GF_DATABASE_TYPE=postgres\nGF_DATABASE_HOST=db.acme.com\nGF_DATABASE_SSL_MODE=\n', ['lib-pq@1.12 disable', 'require-sslmode']],
  ['its own database in the same file', 'compose.yaml', `services:\n  db: { image: "postgres:18" }\n${service('n8nio/n8n', { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db' }).replace('services:\n', '')}`, ['node-postgres@8 disable']],
  ['another database of that application', '.env', 'GITEA__database__DB_TYPE=mysql\nGITEA__database__HOST=db.acme.com\nGITEA__database__SSL_MODE=disable\n', []],
])('%s', ([, path, text, said]) => {
  expect(shown(check(path, text))).toEqual(said);
});

/** Every connection that has a remedy, as Compose would be told to. */
const REMEDIES = APPLICATIONS.flatMap((application) => application.connections.filter(({ verified }) => verified !== undefined).map((connection): [string, Application, Connection] => [`${application.id} ${connection.string ?? connection.host ?? ''}`, application, connection]));

it.for(REMEDIES)('%s is verified where its remedy is followed', ([, application, { string, host, dialect, verified = [] }]) => {
  const [image = ''] = application.images;
  const place: Record<string, string> = host === undefined ? { [string ?? '']: URL } : { [host]: 'db.acme.com' };
  const kind: Record<string, string> = dialect === undefined ? {} : { [dialect]: 'postgres' };
  const query = application.driver === 'prisma' ? 'sslmode=require&sslaccept=strict' : 'sslmode=verify-full&sslrootcert=/ca.pem';
  const filled = (value: string): string => value.replace('{root}', '/ca.pem').replace('{ca}', '/ca.pem').replace('{query}', query).replace('HOST:PORT/DATABASE', 'db.acme.com/app').replace(/^"\$\(.*\)"$/, 'PEM');
  const followed = check('compose.yaml', service(image, { ...kind, ...place, ...Object.fromEntries(verified.map(([name, value]) => [name, filled(value)])) }));
  const own = followed.connections.filter(({ effective }) => effective === 'verify-full');
  // Zitadel logs in twice.
  expect(own.length).toBeGreaterThan(0);
  if (application.connections.length === 1) expect(shown(followed).slice(1)).toEqual([]);
});

it.for(APPLICATIONS.map((application) => [application.id, application] as const))('%s is known by an image or a variable, all of which it reads', ([, { images, prefixes, together = [], connections, sources }]) => {
  expect(images.length + prefixes.length + together.length).toBeGreaterThan(0);
  const variables = connections.flatMap(variablesOf);
  for (const prefix of prefixes) expect(variables.some((name) => name.startsWith(prefix))).toBe(true);
  for (const [first = ''] of together) expect(variables).toContain(first);
  expect(sources.length).toBeGreaterThan(0);
});

it('says what the application makes of a variable, and what to set', () => {
  const { findings } = check('compose.yaml', service('n8nio/n8n', { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db.x.eu-west-1.rds.amazonaws.com', DB_POSTGRESDB_SSL_ENABLED: 'false' }));
  expect(findings.map(({ message }) => message)).toEqual([
    "n8n (node-postgres 8) sends this in plaintext: `DB_POSTGRESDB_SSL_ENABLED=false` is `ssl: false` to node-postgres, which turns TLS off. Set `DB_POSTGRESDB_SSL_ENABLED=true` and `DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED=true` and `DB_POSTGRESDB_SSL_CA_FILE=/path/to/global-bundle.pem`. Amazon RDS's certificates need global-bundle.pem from https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.",
  ]);
  expect(findings[0]?.suggestions.map(({ message }) => message)).toEqual(["Set DB_POSTGRESDB_SSL_ENABLED=true (the server's certificate must chain to global-bundle.pem)."]);
});

it('says in the string what only the string says', () => {
  const { findings } = check('compose.yaml', service('postgrest/postgrest', { PGRST_DB_URI: URL }));
  expect(findings.map(({ remedy }) => remedy)).toEqual(['Add `sslmode=verify-full&sslrootcert=system` (libpq 16 or later).']);
});

it('shows no secret', () => {
  const text = JSON.stringify(check('compose.yaml', service('n8nio/n8n', { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db.acme.com', DB_POSTGRESDB_PASSWORD: 'g3heim', DB_POSTGRESDB_SSL_KEY: '-----BEGIN PRIVATE KEY----- g3heim' })));
  expect(text).not.toContain('g3heim');
});
