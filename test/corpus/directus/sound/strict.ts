// Under a policy that asks for a verified server: chain and name are checked by Directus.
// policy: sslmode:strict
export default { DB_CLIENT: 'pg', DB_HOST: 'db.acme.com', DB_SSL: true };
