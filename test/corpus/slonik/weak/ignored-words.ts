// A word of libpq that Slonik does not read.
import { createPool } from 'slonik';
export const pool = await createPool('postgres://u:p@db.acme.com/app?sslmode=require&ssl_min_protocol_version=TLSv1.3', { ssl: { rejectUnauthorized: true } }); // reports: no-conflicting-settings no-ignored-setting
