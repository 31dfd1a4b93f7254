// From drizzle-team/drizzle-orm, drizzle-seed/type-tests/pg.ts: an empty string is no connection string, and types are tested with it.
import { drizzle as nodePostgresDrizzle } from 'drizzle-orm/node-postgres';
import { drizzle as postgresJsDrizzle } from 'drizzle-orm/postgres-js';
export const all = [nodePostgresDrizzle('', { schema: {} }), nodePostgresDrizzle(''), postgresJsDrizzle('')];
