// Under a policy that asks for a verified server: Directus takes what nobody has checked.
// policy: sslmode:strict
export default { DB_CLIENT: 'pg', DB_HOST: 'db.acme.com', DB_SSL: { rejectUnauthorized: false } }; // reports: no-unverified-certificate
export const named = { DB_CLIENT: 'pg', DB_HOST: 'db.acme.com', DB_SSL: { checkServerIdentity: () => undefined } }; // reports: no-unverified-hostname
