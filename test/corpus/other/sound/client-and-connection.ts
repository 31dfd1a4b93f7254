// A client of pg's and a connection, side by side in an object: none of Knex's configuration.
import { Pool } from 'pg';
const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: true });
export async function open(name: string) {
  const client = await pool.connect();
  return { client, connection: { name, ssl: false } };
}
