// Verified today, and by nobody with the next major version of pg.
// with: pg@8.16.3 pg-connection-string@2.9.1
import { Client, Pool } from 'pg';
export const url = new Client('postgres://u:p@db.acme.com/app?sslmode=require'); // reports: no-version-dependent-sslmode
export const asked = new Client('postgres://u:p@db.acme.com/app?sslmode=prefer'); // reports: no-version-dependent-sslmode
export const chain = new Client('postgres://u:p@db.acme.com/app?sslmode=verify-ca&sslrootcert=ca.crt'); // reports: no-version-dependent-sslmode
