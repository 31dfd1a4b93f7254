// Words that pg never reads, beside one that it does.
import { Client, Pool } from 'pg';
export const options = new Pool({ host: 'db.acme.com', ssl: true, sslmode: 'verify-full', sslrootcert: 'ca.pem' } as never); // reports: no-ignored-setting
export const url = new Client('postgres://u:p@db.acme.com/app?sslmode=verify-full&ssl_min_protocol_version=TLSv1.2'); // reports: no-ignored-setting
