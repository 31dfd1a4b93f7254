import { type Application, BOOLEAN, isOn, parts, sslmodeIn } from './application.ts';

/** Gitea and its fork read `[database]` from variables of this shape. */
const FORGE = (prefix: string): Application['connections'][number] => ({
  ...parts(prefix, { password: 'PASSWD', dbname: 'NAME' }),
  dialect: `${prefix}DB_TYPE`,
  ...sslmodeIn(`${prefix}SSL_MODE`, 'lib/pq', 'disable'),
});

/** In Go. */
export const GO: readonly Application[] = [
  {
    id: 'grafana',
    name: 'Grafana',
    driver: 'lib-pq',
    images: ['grafana', 'grafana-oss', 'grafana-enterprise'],
    prefixes: ['GF_DATABASE_'],
    connections: [
      {
        string: 'GF_DATABASE_URL',
        ...parts('GF_DATABASE_', { dbname: 'NAME' }),
        dialect: 'GF_DATABASE_TYPE',
        parameters: { sslmode: 'GF_DATABASE_SSL_MODE', sslrootcert: 'GF_DATABASE_CA_CERT_PATH', sslcert: 'GF_DATABASE_CLIENT_CERT_PATH', sslkey: 'GF_DATABASE_CLIENT_KEY_PATH' },
        unset: { sslmode: 'disable' },
        meaning: '`GF_DATABASE_SSL_MODE` is lib/pq\'s sslmode, `disable` unless set; an sslmode in `GF_DATABASE_URL` wins',
        verified: [['GF_DATABASE_SSL_MODE', 'verify-full'], ['GF_DATABASE_CA_CERT_PATH', '{root}']],
      },
    ],
    sources: ['grafana/grafana 04256a0 pkg/services/sqlstore/database_config.go buildConnectionString()', 'grafana/grafana conf/defaults.ini: ssl_mode = disable'],
  },
  {
    id: 'gitea',
    name: 'Gitea',
    driver: 'lib-pq',
    images: ['gitea'],
    prefixes: ['GITEA__DATABASE__'],
    connections: [FORGE('GITEA__DATABASE__')],
    sources: ['go-gitea/gitea 01da3d4 modules/setting/database.go: MustString("disable")', 'go-gitea/gitea 040cb8b models/db/engine.go: github.com/lib/pq'],
  },
  {
    id: 'forgejo',
    name: 'Forgejo',
    driver: 'lib-pq',
    images: ['forgejo'],
    prefixes: ['FORGEJO__DATABASE__'],
    connections: [FORGE('FORGEJO__DATABASE__'), FORGE('GITEA__DATABASE__')],
    sources: ['Forked from Gitea: modules/setting/database.go', 'https://forgejo.org/docs/latest/admin/config-cheat-sheet/#database-database'],
  },
  {
    id: 'mattermost',
    name: 'Mattermost',
    driver: 'lib-pq',
    images: ['mattermost-team-edition', 'mattermost-enterprise-edition'],
    prefixes: ['MM_SQLSETTINGS_DATASOURCE'],
    connections: [{ string: 'MM_SQLSETTINGS_DATASOURCE', dialect: 'MM_SQLSETTINGS_DRIVERNAME', meaning: 'the string goes to lib/pq as it is' }],
    sources: ['https://docs.mattermost.com/administration-guide/configure/environment-configuration-settings.html#data-source'],
  },
  {
    id: 'temporal',
    name: 'Temporal',
    driver: 'lib-pq',
    images: ['temporalio/server', 'temporalio/auto-setup'],
    prefixes: ['POSTGRES_SEEDS', 'SQL_HOST_VERIFICATION'],
    connections: [
      {
        ...parts('POSTGRES_', { host: 'SEEDS', password: 'PWD' }),
        port: 'DB_PORT',
        dbname: 'DBNAME',
        dialect: 'DB',
        parameters: { sslrootcert: 'SQL_CA', sslcert: 'SQL_CERT', sslkey: 'SQL_CERT_KEY' },
        switches: { SQL_TLS_ENABLED: BOOLEAN, SQL_HOST_VERIFICATION: BOOLEAN },
        tls(value) {
          if (!isOn(value('SQL_TLS_ENABLED'))) return [['sslmode', 'disable', 'SQL_TLS_ENABLED']];
          const verifies = isOn(value('SQL_HOST_VERIFICATION'));
          return [['sslmode', verifies ? 'verify-full' : 'require', value('SQL_HOST_VERIFICATION') === undefined ? 'SQL_TLS_ENABLED' : 'SQL_HOST_VERIFICATION']];
        },
        meaning: '`SQL_TLS_ENABLED=true` is sslmode `require` (with `SQL_CA` as verify-ca), with `SQL_HOST_VERIFICATION=true` `verify-full`; without it `disable`',
        verified: [['SQL_TLS_ENABLED', 'true'], ['SQL_HOST_VERIFICATION', 'true'], ['SQL_CA', '{root}']],
      },
    ],
    sources: ['temporalio/temporal 6805cae common/config/config_template_embedded.yaml', 'temporalio/temporal 6805cae common/persistence/sql/sqlplugin/postgresql/session/session.go buildDSNAttr()'],
  },
  {
    id: 'harbor',
    name: 'Harbor',
    driver: 'pgx',
    images: ['harbor-core', 'harbor-exporter', 'harbor-jobservice'],
    prefixes: ['HARBOR_DATABASE_'],
    connections: [
      { prefix: 'POSTGRESQL_', mode: 'POSTGRESQL_SSLMODE' },
      { prefix: 'HARBOR_DATABASE_', mode: 'HARBOR_DATABASE_SSLMODE' },
    ].map(({ prefix, mode }) => ({
      ...parts(prefix, prefix === 'POSTGRESQL_' ? { user: 'USERNAME' } : { user: 'USERNAME', dbname: 'DBNAME' }),
      ...sslmodeIn(mode, 'pgx', 'disable'),
    })),
    sources: ['goharbor/harbor c50c7dd src/lib/config/metadata/metadatalist.go', 'goharbor/harbor c50c7dd src/common/dao/pgsql.go Register()'],
  },
  {
    id: 'zitadel',
    name: 'Zitadel',
    driver: 'pgx',
    images: ['zitadel/zitadel', 'zitadel'],
    prefixes: ['ZITADEL_DATABASE_POSTGRES_'],
    connections: ['USER', 'ADMIN'].map((login) => ({
      ...parts('ZITADEL_DATABASE_POSTGRES_', { user: `${login}_USERNAME`, password: `${login}_PASSWORD` }),
      parameters: { sslmode: `ZITADEL_DATABASE_POSTGRES_${login}_SSL_MODE`, sslrootcert: `ZITADEL_DATABASE_POSTGRES_${login}_SSL_ROOTCERT` },
      unset: { sslmode: 'disable' },
      meaning: `\`ZITADEL_DATABASE_POSTGRES_${login}_SSL_MODE\` is pgx's sslmode, \`disable\` unless set; any other needs the root certificate beside it`,
      verified: [[`ZITADEL_DATABASE_POSTGRES_${login}_SSL_MODE`, 'verify-full'], [`ZITADEL_DATABASE_POSTGRES_${login}_SSL_ROOTCERT`, '{root}']] as const,
    })),
    sources: ['zitadel/zitadel 05d4b0e internal/database/postgres/config.go checkSSL()'],
  },
  {
    id: 'vikunja',
    name: 'Vikunja',
    driver: 'lib-pq',
    images: ['vikunja/vikunja', 'vikunja'],
    prefixes: ['VIKUNJA_DATABASE_'],
    connections: [
      {
        ...parts('VIKUNJA_DATABASE_'),
        dialect: 'VIKUNJA_DATABASE_TYPE',
        ...sslmodeIn('VIKUNJA_DATABASE_SSLMODE', 'lib/pq', 'disable', 'VIKUNJA_DATABASE_SSLROOTCERT'),
        defaultHost: 'localhost',
      },
    ],
    sources: ['go-vikunja/vikunja 762dc4e pkg/config/config.go InitDefaultConfig()', 'go-vikunja/vikunja 762dc4e pkg/db/db.go getPostgreSQLConnectionString()'],
  },
  {
    id: 'listmonk',
    name: 'listmonk',
    driver: 'lib-pq',
    images: ['listmonk/listmonk', 'listmonk'],
    prefixes: ['LISTMONK_DB__'],
    connections: [
      {
        ...parts('LISTMONK_DB__'),
        parameters: { sslmode: 'LISTMONK_DB__SSL_MODE' },
        meaning: '`LISTMONK_db__ssl_mode` is lib/pq\'s sslmode; the config.toml that it starts with says `disable`',
        verified: [['LISTMONK_db__ssl_mode', 'verify-full'], ['PGSSLROOTCERT', '{root}']],
      },
    ],
    sources: ['knadh/listmonk 911e0b7 cmd/init.go', 'knadh/listmonk 911e0b7 docker-compose.yml'],
  },
  {
    id: 'postgres-exporter',
    name: 'postgres_exporter',
    driver: 'lib-pq',
    images: ['postgres-exporter', 'postgres_exporter'],
    prefixes: ['DATA_SOURCE_NAME', 'DATA_SOURCE_URI'],
    connections: [
      { string: 'DATA_SOURCE_NAME', meaning: 'the string goes to lib/pq as it is' },
      { string: 'DATA_SOURCE_URI', scheme: 'postgresql://', meaning: 'a URL without its scheme and login' },
    ],
    sources: ['prometheus-community/postgres_exporter dbb1987 exporter/datasource.go'],
  },
  {
    id: 'supabase-auth',
    name: 'Supabase Auth',
    driver: 'pgx',
    version: '4.18',
    images: ['gotrue', 'supabase/auth'],
    prefixes: ['GOTRUE_DB_'],
    connections: [{ string: 'GOTRUE_DB_DATABASE_URL', meaning: 'the string goes to pgx 4 as it is' }, { string: 'DATABASE_URL', meaning: 'the same' }],
    sources: ['supabase/auth bc32168 internal/storage/dial.go', 'supabase/auth bc32168 go.mod: github.com/jackc/pgx/v4'],
  },
  {
    id: 'coder',
    name: 'Coder',
    driver: 'lib-pq',
    images: ['coder/coder'],
    prefixes: ['CODER_PG_CONNECTION_URL'],
    connections: [{ string: 'CODER_PG_CONNECTION_URL', meaning: 'the string goes to lib/pq as it is' }],
    sources: ['https://coder.com/docs/reference/cli/server#--postgres-url'],
  },
  {
    id: 'ory',
    name: 'Ory',
    driver: 'pgx',
    images: ['oryd/kratos', 'oryd/hydra', 'oryd/keto'],
    prefixes: [],
    together: [['DSN', 'SECRETS_SYSTEM'], ['DSN', 'URLS_SELF_ISSUER']],
    connections: [{ string: 'DSN', meaning: 'the string goes to pgx as it is' }],
    sources: ['ory/kratos b86338d go.mod: github.com/jackc/pgx/v5', 'https://www.ory.com/docs/self-hosted/deployment'],
  },
];
