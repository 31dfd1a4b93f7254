// pg's own default, which counts for each connection that says nothing, Sequelize's too.
import pg from 'pg';
import { Sequelize } from 'sequelize';
pg.defaults.ssl = { rejectUnauthorized: false }; // reports: prefer-verified
export const pool = new pg.Pool({ host: 'db.acme.com', user: 'app' });
export const sequelize = new Sequelize('postgres://app:secret@db.acme.com/app');
