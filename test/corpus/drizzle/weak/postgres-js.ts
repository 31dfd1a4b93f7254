// Over postgres.js the same words mean what that makes of them: require verifies nothing.
import { drizzle } from 'drizzle-orm/postgres-js';
export const db = drizzle({ connection: { url: 'postgres://app@db.acme.com/app', ssl: 'require' } }); // reports: prefer-verified
