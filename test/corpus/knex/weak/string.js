// The URL is the whole configuration: Knex parses it itself, and without sslmode there is no TLS.
import knex from 'knex';
export const db = knex('postgres://app:secret@db.acme.com/app'); // reports: require-sslmode
