// Under a policy that asks for a verified server: Medusa takes what nobody has checked.
// policy: sslmode:strict
export default { projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: { connection: { ssl: { rejectUnauthorized: false } } } } }; // reports: no-unverified-certificate
export const named = { projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: { connection: { ssl: { checkServerIdentity: () => undefined } } } } }; // reports: no-unverified-hostname
