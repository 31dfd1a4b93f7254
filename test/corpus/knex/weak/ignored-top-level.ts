// `ssl` beside the connection is read by nobody; what stands in the connection is.
import knex from 'knex';
export const db = knex({ client: 'pg', ssl: true, connection: { host: 'db.acme.com', ssl: { ca: process.env.CA } } } as never); // reports: no-ignored-setting
