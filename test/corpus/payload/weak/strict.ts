// Under a policy that asks for a verified server: Payload takes what nobody has checked.
// policy: sslmode:strict
import { postgresAdapter } from '@payloadcms/db-postgres';
export const db = postgresAdapter({ pool: { host: 'db.acme.com', ssl: { rejectUnauthorized: false } } }); // reports: no-unverified-certificate
export const named = postgresAdapter({ pool: { host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } } }); // reports: no-unverified-hostname
export const url = postgresAdapter({ pool: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=no-verify' } }); // reports: no-unverified-certificate
