// A string that says nothing of TLS, and options that do; or the other way round.
import { Client, Pool } from 'pg';
export const byOption = new Pool({ connectionString: 'postgres://u:p@db.acme.com/app', ssl: { ca: process.env.CA } });
export const byString = new Client({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', application_name: 'app' });
