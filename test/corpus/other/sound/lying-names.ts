// Names that say database, and things that are none.
import { Client } from './http-client';
import { Pool } from './thread-pool';
export const pool = new Pool({ host: 'db.acme.com', ssl: false, connectionString: 'threads=4' });
export const client = new Client({ connectionString: 'https://db.acme.com/?sslmode=disable' });
const postgres = (options: object): object => options;
export const image = postgres({ host: 'db.acme.com', ssl: false });
function knex(options: object): object {
  return options;
}
export const puzzle = knex({ client: 'pen', connection: { host: 'db.acme.com', ssl: false } });
export const pgConfig = { size: 'A4', page: 1, ssl: false };
export const sslmode = 'disable';
export const database = { url: 'https://db.acme.com/status?ssl=false', ssl: false };
