// What Knex gives is called as well: a table named postgres is no connection.
import createKnex from 'knex';
const db = createKnex({ client: 'pg', connection: { host: 'localhost' } });
export const rows = db('postgres').where({ client: 'pg', connection: 1 });
