// A URL of the environment, with a word that is added to it: the host is whatever that says, and no default.
import { Client, Pool } from 'pg';
export const off = new Pool({ connectionString: `${process.env.DATABASE_URL}?sslmode=disable` }); // reports: no-plaintext
export const unchecked = new Client(process.env.DATABASE_URL + '&sslmode=no-verify'); // reports: prefer-verified
const url = new URL(process.env.DATABASE_URL!);
url.searchParams.set('sslmode', 'no-verify'); // reports: prefer-verified
export const set = new Pool({ connectionString: url.toString() });
