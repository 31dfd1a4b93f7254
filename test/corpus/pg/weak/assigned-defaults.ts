// The defaults are assigned as an object.
import pg from 'pg';
Object.assign(pg.defaults, { ssl: { rejectUnauthorized: false }, poolSize: 5 }); // reports: prefer-verified
export const pool = new pg.Pool({ host: 'db.acme.com' });
