// The same with any version of pg.
// with: pg@8.16.3 pg-connection-string@2.9.1
import { Client } from 'pg';
export const verified = new Client('postgres://u:p@db.acme.com/app?sslmode=verify-full');
export const compatible = new Client('postgres://u:p@db.acme.com/app?sslmode=verify-full&uselibpqcompat=true&sslrootcert=ca.crt');
