// Odd, and read by node-postgres all the same: a socket, no host, a space, several parameters, a name alone, holes.
import { Client } from 'pg';
export const all = [
  new Client('postgres:///app'),
  new Client('postgres://%2Fvar%2Frun%2Fpostgresql/app'),
  new Client('app'),
  new Client({ connectionString: 'postgres://app:secret@db acme.com/app?sslmode=verify-full' }),
  new Client(`postgres://app:${process.env.PASSWORD}@${process.env.HOST}:${process.env.PORT}/app?sslmode=verify-full`),
  new Client('postgres://app:p%40ss%3Aword@db.acme.com:5432/app?sslmode=verify-full&application_name=a%20b'),
];
