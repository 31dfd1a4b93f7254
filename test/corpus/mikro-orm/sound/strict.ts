// Under a policy that asks for a verified server: chain and name are checked by MikroORM.
// policy: sslmode:strict
import { MikroORM } from '@mikro-orm/postgresql';
export const db = MikroORM.init({ host: 'db.acme.com', dbName: 'app', driverOptions: { ssl: true } });
export const own = MikroORM.init({ host: 'db.acme.com', dbName: 'app', driverOptions: { ssl: { ca: process.env.DATABASE_CA } } });
