// HTTPS or a WebSocket over TLS, whatever the string says; none of these is plaintext.
import { neon, Pool } from '@neondatabase/serverless';
import { createPool } from '@vercel/postgres';
import { drizzle } from 'drizzle-orm/neon-http';
export const sql = neon('postgres://app:secret@ep-cool-1.eu-central-1.aws.neon.tech/app');
export const pool = new Pool({ connectionString: 'postgres://app:secret@ep-cool-1.eu-central-1.aws.neon.tech/app?sslmode=require' });
export const vercel = createPool({ connectionString: process.env.POSTGRES_URL });
export const db = drizzle('postgres://app:secret@ep-cool-1.eu-central-1.aws.neon.tech/app');
export const other = drizzle({ client: sql });
