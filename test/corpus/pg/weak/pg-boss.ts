// pg-boss hands its options on to pg.
import PgBoss from 'pg-boss';
export const boss = new PgBoss({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } }); // reports: prefer-verified
export const other = new PgBoss('postgres://u:p@db.acme.com/app'); // reports: require-sslmode
