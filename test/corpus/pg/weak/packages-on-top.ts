// Packages that hand their options on to pg: whose they are, the manifest says.
// with: pg@8.16.3
import { PostgresStore } from '@mastra/pg';
import connectPg from 'connect-pg-simple';
import session from 'express-session';
import { runner } from 'node-pg-migrate';
export const storage = new PostgresStore({ id: 'app', connectionString: process.env.DATABASE_URL!, ssl: { rejectUnauthorized: false } }); // reports: prefer-verified
export const store = new (connectPg(session))({ conObject: { connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } } }); // reports: prefer-verified
await runner({ databaseUrl: { connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } }, dir: 'migrations', direction: 'up', migrationsTable: 'm' }); // reports: prefer-verified
