// Under a policy that asks for a verified server: chain and name are checked by Strapi.
// policy: sslmode:strict
export default ({ env }) => ({ connection: { client: 'postgres', connection: { host: 'db.acme.com', ssl: true } } });
export const own = ({ env }) => ({ connection: { client: 'postgres', connection: { host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } } } });
export const url = { connection: { client: 'postgres', connection: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' } } };
