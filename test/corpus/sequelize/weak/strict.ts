// Under a policy that asks for a verified server: Sequelize takes what nobody has checked.
// policy: sslmode:strict
import { Sequelize } from 'sequelize';
export const db = new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { ssl: { rejectUnauthorized: false } } }); // reports: no-unverified-certificate
export const named = new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { ssl: { checkServerIdentity: () => undefined } } }); // reports: no-unverified-hostname
export const url = new Sequelize('postgres://u:p@db.acme.com/app?sslmode=no-verify'); // reports: no-unverified-certificate
