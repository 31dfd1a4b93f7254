// `ssl` beside `connection` is read by nobody.
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle({ connection: 'postgres://app@db.acme.com/app', ssl: true } as never); // reports: require-sslmode
