// A socket and the loopback need no TLS.
import knex from 'knex';
export const a = knex({ client: 'pg', connection: { host: '/var/run/postgresql' } });
export const b = knex({ client: 'pg', connection: { host: '127.0.0.1', ssl: false } });
