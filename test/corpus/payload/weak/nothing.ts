// No sslmode and no `ssl`: plaintext.
import { postgresAdapter } from '@payloadcms/db-postgres';
export const db = postgresAdapter({ idType: 'uuid', pool: { connectionString: 'postgres://app:secret@db.acme.com/app' } }); // reports: require-sslmode
