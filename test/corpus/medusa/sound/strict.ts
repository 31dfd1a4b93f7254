// Under a policy that asks for a verified server: chain and name are checked by Medusa.
// policy: sslmode:strict
export default { projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: { connection: { ssl: true } } } };
export const own = { projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: { connection: { ssl: { ca: process.env.DATABASE_CA } } } } };
export const url = { projectConfig: { databaseUrl: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', databaseDriverOptions: {} } };
