// with: @mikro-orm/postgresql@6.6.16
// The driver says that it is PostgreSQL; the object is exported alone.
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
export default {
  driver: PostgreSqlDriver,
  dbName: 'app',
  host: 'db.acme.com',
  driverOptions: { connection: { ssl: { rejectUnauthorized: false } } }, // reports: prefer-verified
};
