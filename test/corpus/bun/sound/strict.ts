// Under a policy that asks for a verified server: chain and name are checked by Bun.
// policy: sslmode:strict
import { SQL } from 'bun';
export const own = new SQL({ adapter: 'postgres', hostname: 'db.acme.com', tls: { ca: process.env.DATABASE_CA } });
export const url = new SQL('postgres://u:p@db.acme.com/app?sslmode=verify-full');
