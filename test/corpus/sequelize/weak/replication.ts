// Each node of `replication` has the options beside it, and its own over them.
import { Sequelize } from 'sequelize';
export const db = new Sequelize({
  dialect: 'postgres',
  dialectOptions: { ssl: true },
  replication: {
    write: { host: 'primary.acme.com' },
    read: [{ host: 'replica.acme.com', dialectOptions: { ssl: { rejectUnauthorized: false } } }], // reports: prefer-verified
  },
});
