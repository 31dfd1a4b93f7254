// A URL of the environment, with a word that asks for all checks: no word of it cannot be read.
import { Client, Pool } from 'pg';
export const template = new Pool({ connectionString: `${process.env.DATABASE_URL}?sslmode=verify-full` });
export const added = new Client(process.env.DATABASE_URL + '&sslmode=verify-full');
const url = new URL(process.env.DATABASE_URL!);
url.searchParams.delete('sslmode');
export const pool = new Pool({ connectionString: url.href, ssl: { ca: process.env.CA } });
const strict = new URL(process.env.DATABASE_URL!);
strict.searchParams.set('sslmode', 'verify-full');
export const set = new Pool({ connectionString: strict.toString() });
