// Pool of pg is not Pool of Neon's, and the string is the same.
import { Pool as Serverless } from '@neondatabase/serverless';
import { Pool } from 'pg';
const connectionString = process.env.DATABASE_URL;
export const edge = new Serverless({ connectionString });
export const server = new Pool({ connectionString, ssl: { rejectUnauthorized: false } }); // reports: prefer-verified
