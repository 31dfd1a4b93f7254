// The URL goes to a pool of pg's.
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle('postgres://app@db.acme.com/app?sslmode=no-verify'); // reports: prefer-verified
