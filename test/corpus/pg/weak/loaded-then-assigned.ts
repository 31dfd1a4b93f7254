// Options that come from elsewhere, and are added to here.
import { Client, Pool } from 'pg';
import { parse } from 'pg-connection-string';
import { load } from './load';
const config = load();
config.ssl = { rejectUnauthorized: false }; // reports: prefer-verified
export const pool = new Pool(config);
const parsed = parse(process.env.DATABASE_URL!) as { ssl?: object };
if (process.env.NODE_ENV === 'production') parsed.ssl = { rejectUnauthorized: false }; // reports: prefer-verified
export const client = new Client(parsed as never);
