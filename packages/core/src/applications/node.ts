import { type Application, BOOLEAN, isOn, parametersIn, parts, type Read, type Said } from './application.ts';

/** `ssl: false`, or an object once a switch is on: what most programs over node-postgres make of their variables. */
function gated(value: Read, [on, reject, ca]: readonly [on: string, reject: string, ca: string]): readonly Said[] {
  if (!isOn(value(on))) return [['ssl', false, on]];
  return [['ssl', true, on], ['ssl.rejectUnauthorized', isOn(value(reject), true), reject], ...certificate(value, ca)];
}

function certificate(value: Read, variable: string): readonly Said[] {
  return value(variable) === undefined ? [] : [['ssl.ca', 'PEM', variable]];
}

const N8N = (name: string): string => `DB_POSTGRESDB_SSL_${name}`;

/** In TypeScript and JavaScript. */
export const NODE: readonly Application[] = [
  {
    id: 'n8n',
    name: 'n8n',
    driver: 'node-postgres',
    images: ['n8nio/n8n', 'n8n'],
    prefixes: ['DB_POSTGRESDB_'],
    connections: [
      {
        ...parts('DB_POSTGRESDB_'),
        dialect: 'DB_TYPE',
        switches: { [N8N('ENABLED')]: BOOLEAN, [N8N('REJECT_UNAUTHORIZED')]: BOOLEAN, [N8N('CA')]: ['PEM'], [N8N('CERT')]: ['PEM'], [N8N('KEY')]: ['PEM'] },
        // A certificate, or not to reject, turns TLS on by itself.
        tls(value) {
          const rejects = isOn(value(N8N('REJECT_UNAUTHORIZED')), true);
          const given = ['CA', 'CERT', 'KEY'].find((name) => value(N8N(name)) !== undefined);
          if (given === undefined && rejects) return [['ssl', isOn(value(N8N('ENABLED'))), N8N('ENABLED')]];
          return [['ssl.rejectUnauthorized', rejects, N8N('REJECT_UNAUTHORIZED')], ...certificate(value, N8N('CA'))];
        },
        meaning: '`DB_POSTGRESDB_SSL_ENABLED` is `ssl: true`, which verifies; any of the certificates, or `DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED=false`, turns TLS on without it',
        verified: [[N8N('ENABLED'), 'true'], [N8N('REJECT_UNAUTHORIZED'), 'true'], [`${N8N('CA')}_FILE`, '{root}']],
      },
    ],
    sources: ['n8n-io/n8n 00a6798 packages/@n8n/config/src/configs/database.config.ts', 'n8n-io/n8n 0327e7c packages/@n8n/db/src/connection/db-connection-options.ts'],
  },
  {
    id: 'directus',
    name: 'Directus',
    driver: 'node-postgres',
    images: ['directus'],
    prefixes: ['DB_SSL__'],
    connections: [
      { string: 'DB_CONNECTION_STRING', dialect: 'DB_CLIENT', meaning: 'the string alone counts: beside it `DB_SSL` and its kin are not read' },
      {
        ...parts('DB_'),
        dialect: 'DB_CLIENT',
        switches: { DB_SSL: BOOLEAN, DB_SSL__REJECT_UNAUTHORIZED: BOOLEAN, DB_SSL__CA: ['PEM'] },
        // `__` makes an object, whatever DB_SSL says.
        tls(value) {
          const inner: readonly Said[] = [...(value('DB_SSL__REJECT_UNAUTHORIZED') === undefined ? [] : [['ssl.rejectUnauthorized', isOn(value('DB_SSL__REJECT_UNAUTHORIZED')), 'DB_SSL__REJECT_UNAUTHORIZED'] as const]), ...certificate(value, 'DB_SSL__CA')];
          return inner.length > 0 ? inner : [['ssl', isOn(value('DB_SSL')), 'DB_SSL']];
        },
        meaning: '`DB_SSL=true` is `ssl: true`, which verifies; `DB_SSL__REJECT_UNAUTHORIZED` and `DB_SSL__CA` are the properties of the object',
        verified: [['DB_SSL__REJECT_UNAUTHORIZED', 'true'], ['DB_SSL__CA_FILE', '{root}']],
      },
    ],
    sources: ['directus/directus 035af1c api/src/database/index.ts: getConfigFromEnv(\'DB_\')', 'https://directus.io/docs/configuration/database'],
  },
  {
    id: 'strapi',
    name: 'Strapi',
    driver: 'node-postgres',
    images: ['strapi/strapi'],
    prefixes: [],
    together: [['DATABASE_CLIENT', 'APP_KEYS'], ['DATABASE_CLIENT', 'API_TOKEN_SALT'], ['DATABASE_CLIENT', 'ADMIN_JWT_SECRET']],
    connections: [
      {
        string: 'DATABASE_URL',
        ...parts('DATABASE_', { dbname: 'NAME', user: 'USERNAME' }),
        dialect: 'DATABASE_CLIENT',
        switches: { DATABASE_SSL: BOOLEAN, DATABASE_SSL_REJECT_UNAUTHORIZED: BOOLEAN, DATABASE_SSL_CA: ['PEM'] },
        tls: (value) => gated(value, ['DATABASE_SSL', 'DATABASE_SSL_REJECT_UNAUTHORIZED', 'DATABASE_SSL_CA']),
        meaning: 'of the config/database.ts that Strapi 5 starts a project with: without `DATABASE_SSL=true` the others are not read; `DATABASE_SSL_REJECT_UNAUTHORIZED` is true unless set',
        verified: [['DATABASE_SSL', 'true'], ['DATABASE_SSL_REJECT_UNAUTHORIZED', 'true'], ['DATABASE_SSL_CA', '"$(cat {root})"']],
      },
    ],
    sources: ['strapi/strapi 1873a91 packages/cli/create-strapi-app/templates/vanilla/config/database.ts'],
  },
  {
    id: 'infisical',
    name: 'Infisical',
    driver: 'node-postgres',
    images: ['infisical/infisical'],
    prefixes: [],
    together: [['DB_CONNECTION_URI', 'ROOT_ENCRYPTION_KEY'], ['DB_CONNECTION_URI', 'ENCRYPTION_KEY', 'AUTH_SECRET']],
    connections: [
      {
        string: 'DB_CONNECTION_URI',
        ...parts('DB_', { dbname: 'NAME' }),
        switches: { DB_ROOT_CERT: ['base64'] },
        tls: (value) => (value('DB_ROOT_CERT') === undefined ? [['ssl', false, 'DB_ROOT_CERT']] : [['ssl.rejectUnauthorized', true, 'DB_ROOT_CERT'], ...certificate(value, 'DB_ROOT_CERT')]),
        meaning: '`DB_ROOT_CERT`, in base64, turns TLS on and verifies against that root; without it there is no TLS, unless the string says so',
        verified: [['DB_ROOT_CERT', '"$(base64 -w0 {ca})"']],
      },
    ],
    sources: ['Infisical/infisical 0709820 backend/src/db/instance.ts initDbConnection()', 'Infisical/infisical 001a2ef backend/src/lib/config/env.ts'],
  },
  {
    id: 'unleash',
    name: 'Unleash',
    driver: 'node-postgres',
    images: ['unleash-server', 'unleash-enterprise'],
    prefixes: ['DATABASE_SSL_CA_CONFIG'],
    together: [['DATABASE_HOST', 'INIT_CLIENT_API_TOKENS'], ['DATABASE_HOST', 'INIT_ADMIN_API_TOKENS'], ['DATABASE_URL', 'INIT_CLIENT_API_TOKENS']],
    connections: [
      {
        string: 'DATABASE_URL',
        ...parts('DATABASE_', { dbname: 'NAME', user: 'USERNAME' }),
        switches: {
          DATABASE_SSL: ['false', 'true', '{"rejectUnauthorized":false}'],
          DATABASE_SSL_CA_CONFIG: ['/ssl.json'],
          DATABASE_SSL_REJECT_UNAUTHORIZED: BOOLEAN,
          DATABASE_SSL_CA_FILE: ['/ca.pem'],
          DATABASE_SSL_CERT_FILE: ['/cert.pem'],
          DATABASE_SSL_KEY_FILE: ['/key.pem'],
        },
        tls(value) {
          const json = value('DATABASE_SSL');
          if (json !== undefined) return /^(?:false|true)$/.test(json) ? [['ssl', json === 'true', 'DATABASE_SSL']] : [['ssl.rejectUnauthorized', !/"rejectUnauthorized"\s*:\s*false/.test(json), 'DATABASE_SSL']];
          if (value('DATABASE_SSL_CA_CONFIG') !== undefined) return [['ssl.ca', 'JSON', 'DATABASE_SSL_CA_CONFIG']];
          const files = ['DATABASE_SSL_CA_FILE', 'DATABASE_SSL_CERT_FILE', 'DATABASE_SSL_KEY_FILE'].some((name) => value(name) !== undefined);
          return [['ssl.rejectUnauthorized', isOn(value('DATABASE_SSL_REJECT_UNAUTHORIZED'), files), 'DATABASE_SSL_REJECT_UNAUTHORIZED'], ...certificate(value, 'DATABASE_SSL_CA_FILE')];
        },
        meaning: '`DATABASE_SSL` is JSON and wins; without it TLS is on, and verifies only where a certificate\'s file or `DATABASE_SSL_REJECT_UNAUTHORIZED=true` is given',
        verified: [['DATABASE_SSL_REJECT_UNAUTHORIZED', 'true'], ['DATABASE_SSL_CA_FILE', '{root}']],
      },
    ],
    sources: ['Unleash/unleash ceeb5a9 src/lib/create-config.ts databaseSSL()'],
  },
  {
    id: 'wikijs',
    name: 'Wiki.js',
    driver: 'node-postgres',
    images: ['requarks/wiki'],
    prefixes: [],
    connections: [
      { string: 'DATABASE_URL', meaning: 'the string alone counts: beside it `DB_SSL` and `DB_SSL_CA` are not read' },
      {
        ...parts('DB_', { password: 'PASS', dbname: 'NAME' }),
        dialect: 'DB_TYPE',
        switches: { DB_SSL: ['true', 'false'], DB_SSL_CA: ['base64'] },
        tls(value) {
          if (value('DB_SSL_CA') !== undefined) return [['ssl.rejectUnauthorized', true, 'DB_SSL_CA'], ...certificate(value, 'DB_SSL_CA')];
          return [['ssl', /^(?:true|1)$/.test(value('DB_SSL') ?? ''), 'DB_SSL']];
        },
        meaning: '`DB_SSL=true` or `1` is `{ rejectUnauthorized: true }`; `DB_SSL_CA`, the body of a certificate in one line, turns it on too',
        verified: [['DB_SSL', 'true'], ['DB_SSL_CA', '"$(grep -v CERTIFICATE {root} | tr -d "\\n")"']],
      },
    ],
    sources: ['requarks/wiki 6f042e9 server/core/db.js', 'requarks/wiki 6f042e9 dev/build/config.yml'],
  },
  {
    id: 'flowise',
    name: 'Flowise',
    driver: 'node-postgres',
    images: ['flowiseai/flowise', 'flowiseai/flowise-worker', 'flowise'],
    prefixes: [],
    together: [['DATABASE_TYPE', 'DATABASE_SSL_KEY_BASE64'], ['DATABASE_TYPE', 'FLOWISE_USERNAME'], ['DATABASE_TYPE', 'FLOWISE_SECRETKEY_OVERWRITE']],
    connections: [
      {
        ...parts('DATABASE_', { dbname: 'NAME' }),
        dialect: 'DATABASE_TYPE',
        switches: { DATABASE_SSL: BOOLEAN, DATABASE_SSL_KEY_BASE64: ['base64'], DATABASE_REJECT_UNAUTHORIZED: BOOLEAN },
        tls(value) {
          if (value('DATABASE_SSL_KEY_BASE64') === undefined) return [['ssl', value('DATABASE_SSL') === 'true', 'DATABASE_SSL']];
          const by = value('DATABASE_REJECT_UNAUTHORIZED') === undefined ? 'DATABASE_SSL_KEY_BASE64' : 'DATABASE_REJECT_UNAUTHORIZED';
          return [['ssl.rejectUnauthorized', value('DATABASE_REJECT_UNAUTHORIZED') === 'true', by], ...certificate(value, 'DATABASE_SSL_KEY_BASE64')];
        },
        meaning: '`DATABASE_SSL=true` verifies against public roots; with `DATABASE_SSL_KEY_BASE64`, a root, nothing is verified unless `DATABASE_REJECT_UNAUTHORIZED=true` as well',
        verified: [['DATABASE_SSL', 'true'], ['DATABASE_REJECT_UNAUTHORIZED', 'true'], ['DATABASE_SSL_KEY_BASE64', '"$(base64 -w0 {root})"']],
      },
    ],
    sources: ['FlowiseAI/Flowise ababf4c packages/server/src/DataSource.ts getDatabaseSSLFromEnv()'],
  },
  {
    id: 'outline',
    name: 'Outline',
    driver: 'node-postgres',
    images: ['outlinewiki/outline', 'getoutline/outline'],
    prefixes: [],
    together: [['DATABASE_URL', 'FILE_STORAGE_UPLOAD_MAX_SIZE'], ['DATABASE_URL', 'UTILS_SECRET'], ['DATABASE_HOST', 'UTILS_SECRET']],
    connections: [
      {
        string: 'DATABASE_URL',
        ...parts('DATABASE_', { dbname: 'NAME' }),
        deaf: true,
        switches: { PGSSLMODE: ['disable', 'require'] },
        tls: (value) => (value('PGSSLMODE') === 'disable' ? [['ssl', false, 'PGSSLMODE']] : [['ssl.rejectUnauthorized', false, 'PGSSLMODE']]),
        meaning: '`PGSSLMODE=disable` turns TLS off; any other word, and none, encrypts in production without checking who answers',
        instead: 'Outline has no setting that verifies the server: reach it over a network that you trust, or through a local proxy that verifies.',
      },
    ],
    sources: ['outline/outline d77dcdf server/storage/database.ts createDatabaseInstance()'],
  },
  {
    id: 'immich',
    name: 'Immich',
    driver: 'postgres.js',
    images: ['immich-server'],
    prefixes: [],
    together: [['DB_HOSTNAME', 'DB_VECTOR_EXTENSION'], ['DB_HOSTNAME', 'UPLOAD_LOCATION'], ['DB_HOSTNAME', 'IMMICH_VERSION']],
    connections: [
      {
        ...parts('DB_', { host: 'HOSTNAME', user: 'USERNAME', dbname: 'DATABASE_NAME' }),
        switches: { DB_SSL_MODE: ['disable', 'allow', 'prefer', 'require', 'verify-full'] },
        tls: (value) => [['ssl', value('DB_SSL_MODE') === 'disable' ? false : (value('DB_SSL_MODE') ?? false), 'DB_SSL_MODE']],
        meaning: '`DB_SSL_MODE` is postgres.js\'s `ssl`: `disable`, `allow`, `prefer`, `require`, `verify-full`',
        verified: [['DB_SSL_MODE', 'verify-full'], ['NODE_EXTRA_CA_CERTS', '{root}']],
      },
    ],
    sources: ['immich-app/immich 06b24ba server/src/repositories/config.repository.ts', 'immich-app/immich 0093b65 server/src/utils/database.ts'],
  },
  {
    id: 'umami',
    name: 'Umami',
    driver: 'prisma-adapter-pg',
    images: ['umami'],
    prefixes: [],
    connections: [{ string: 'DATABASE_URL', meaning: 'the string goes to node-postgres as it is' }, { string: 'DATABASE_REPLICA_URL', meaning: 'the same' }],
    sources: ['umami-software/umami c0ea3ae src/lib/prisma.ts getClient()'],
  },
  {
    id: 'langfuse',
    name: 'Langfuse',
    driver: 'prisma',
    version: '6',
    images: ['langfuse/langfuse', 'langfuse/langfuse-worker'],
    prefixes: [],
    together: [['DATABASE_URL', 'NEXTAUTH_SECRET', 'LANGFUSE_S3_EVENT_UPLOAD_BUCKET'], ['DATABASE_URL', 'CLICKHOUSE_MIGRATION_URL']],
    connections: [
      { string: 'DATABASE_URL', meaning: 'the string goes to Prisma 6\'s engine' },
      { string: 'DIRECT_URL', meaning: 'the same, for migrations' },
      {
        ...parts('DATABASE_', { user: 'USERNAME', dbname: 'NAME' }),
        switches: { DATABASE_ARGS: ['sslmode=disable', 'sslmode=require', 'sslmode=require&sslaccept=strict'] },
        tls: (value) => parametersIn(value('DATABASE_ARGS'), 'DATABASE_ARGS'),
        meaning: '`DATABASE_ARGS` is the query of the URL that the parts are put together to',
        verified: [['DATABASE_ARGS', '{query}']],
      },
    ],
    sources: ['langfuse/langfuse 6275144 web/entrypoint.sh', 'langfuse/langfuse 6275144 packages/shared/package.json: prisma ^6.19.3'],
  },
  {
    id: 'supabase-storage',
    name: 'Supabase Storage',
    driver: 'node-postgres',
    images: ['storage-api'],
    prefixes: [],
    together: [['DATABASE_URL', 'STORAGE_BACKEND', 'TENANT_ID']],
    connections: ['DATABASE_URL', 'DATABASE_POOL_URL'].map((string) => ({
      string,
      switches: { DATABASE_SSL_ROOT_CERT: ['PEM'] },
      tls: (value: Read) => certificate(value, 'DATABASE_SSL_ROOT_CERT'),
      meaning: '`DATABASE_SSL_ROOT_CERT`, a certificate\'s text, turns TLS on and verifies (not where the host is an address); an sslmode in the URL wins',
      verified: [['DATABASE_SSL_ROOT_CERT', '"$(cat {ca})"']] as const,
    })),
    sources: ['supabase/storage 4fa61fb src/internal/database/postgres/ssl.ts getSslSettings()'],
  },
  {
    id: 'postgres-meta',
    name: 'postgres-meta',
    driver: 'node-postgres',
    images: ['postgres-meta'],
    prefixes: ['PG_META_DB_'],
    connections: [
      {
        string: 'PG_META_DB_URL',
        switches: { sslmode: ['disable', 'require', 'verify-full'], PG_META_DB_SSL_ROOT_CERT: ['PEM'] },
        deaf: true,
        tls: (value) => metaTls(value, 'sslmode'),
        meaning: 'of the URL\'s sslmode `disable` is off, `verify-full` verifies, and every other word encrypts without checking',
      },
      {
        ...parts('PG_META_DB_', { dbname: 'NAME' }),
        switches: { PG_META_DB_SSL_MODE: ['disable', 'require', 'verify-full'], PG_META_DB_SSL_ROOT_CERT: ['PEM'] },
        tls: (value) => metaTls(value, 'PG_META_DB_SSL_MODE'),
        meaning: '`PG_META_DB_SSL_MODE` is `disable` unless set; `verify-full` verifies, every other word encrypts without checking',
        verified: [['PG_META_DB_SSL_MODE', 'verify-full'], ['PG_META_DB_SSL_ROOT_CERT', '"$(cat {root})"']],
      },
    ],
    sources: ['supabase/postgres-meta 641831e src/server/constants.ts', 'supabase/postgres-meta 641831e src/lib/db.ts'],
  },
];

function metaTls(value: Read, variable: string): readonly Said[] {
  const word = value(variable);
  if (word === undefined && variable === 'sslmode') return certificate(value, 'PG_META_DB_SSL_ROOT_CERT');
  if (word === undefined || word === 'disable') return [['ssl', false, variable]];
  return [['ssl.rejectUnauthorized', word === 'verify-full', variable], ...certificate(value, 'PG_META_DB_SSL_ROOT_CERT')];
}
