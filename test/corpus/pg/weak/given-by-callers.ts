// A function that connects with what it is given: each of its calls is judged, the constructor's of a class too.
import { Client, Pool } from 'pg';
function connect(host: string, ssl: boolean | object): Client {
  return new Client({ host, ssl });
}
export const local = connect('localhost', false);
export const checked = connect('db.acme.com', true);
export const unchecked = connect('db.acme.com', { rejectUnauthorized: false }); // reports: prefer-verified

export class Database {
  readonly pool: Pool;
  constructor(options: { url: string; ssl?: object }) {
    this.pool = new Pool({ connectionString: options.url, ssl: options.ssl });
  }
}
export const database = new Database({ url: process.env.DATABASE_URL!, ssl: { rejectUnauthorized: false } }); // reports: prefer-verified

const shards = [{ host: 'a.acme.com', ssl: false }, { host: 'localhost', ssl: false }]; // reports: no-plaintext
export const pools = shards.map((shard) => new Pool(shard));
