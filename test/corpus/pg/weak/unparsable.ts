// node-postgres refuses a port that is none, and brackets that are not closed.
import { Client } from 'pg';
export const badPort = new Client('postgres://app:secret@db.acme.com:port/app?sslmode=verify-full'); // reports: no-unparsable-connection
export const badHost = new Client({ connectionString: 'postgres://app:secret@[2001:db8::1/app?sslmode=verify-full' }); // reports: no-unparsable-connection
