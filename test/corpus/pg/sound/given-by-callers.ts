// A function that connects with what it is given, and is given what is sound: plaintext goes to the own machine alone.
import { Client, Pool } from 'pg';
function connect(host: string, ssl: boolean): Client {
  return new Client({ host, ssl });
}
export const local = connect('localhost', false);
export const checked = connect('db.acme.com', true);
const shards = [{ host: 'a.acme.com', ssl: true }, { host: 'localhost', ssl: false }];
export const pools = shards.map((shard) => new Pool(shard));
