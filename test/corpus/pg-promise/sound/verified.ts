// Verified; helpers are no connections.
import pgPromise from 'pg-promise';
const pgp = pgPromise({ error: console.error });
export const db = pgp({ host: 'db.acme.com', ssl: true });
export const columns = new pgp.helpers.ColumnSet(['a'], { table: 'postgres' });
