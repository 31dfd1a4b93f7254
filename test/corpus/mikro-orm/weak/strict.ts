// Under a policy that asks for a verified server: MikroORM takes what nobody has checked.
// policy: sslmode:strict
import { MikroORM } from '@mikro-orm/postgresql';
export const db = MikroORM.init({ host: 'db.acme.com', dbName: 'app', driverOptions: { ssl: { rejectUnauthorized: false } } }); // reports: no-unverified-certificate
export const named = MikroORM.init({ host: 'db.acme.com', dbName: 'app', driverOptions: { ssl: { checkServerIdentity: () => undefined } } }); // reports: no-unverified-hostname
