// What is assigned last counts.
import { Pool } from 'pg';
import { parse } from 'pg-connection-string';
import { load } from './load';
const config = load();
config.ssl = { rejectUnauthorized: false };
config.ssl = { ca: process.env.CA };
export const pool = new Pool(config);
export const other = new Pool({ ...parse(process.env.DATABASE_URL!), ssl: { rejectUnauthorized: true } } as never);
export const plain = new Pool(parse(process.env.DATABASE_URL!) as never);
