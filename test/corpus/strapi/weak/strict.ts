// Under a policy that asks for a verified server: Strapi takes what nobody has checked.
// policy: sslmode:strict
export default ({ env }) => ({ connection: { client: 'postgres', connection: { host: 'db.acme.com', ssl: { rejectUnauthorized: false } } } }); // reports: no-unverified-certificate
export const named = ({ env }) => ({ connection: { client: 'postgres', connection: { host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } } } }); // reports: no-unverified-hostname
export const url = { connection: { client: 'postgres', connection: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=no-verify' } } }; // reports: no-unverified-certificate
