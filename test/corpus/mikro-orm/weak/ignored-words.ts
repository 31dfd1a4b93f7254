// `ssl` at the top is read by nobody.
// with: @mikro-orm/postgresql@7.0.0
import { MikroORM } from '@mikro-orm/postgresql';
export const orm = await MikroORM.init({ host: 'db.acme.com', dbName: 'app', ssl: true, driverOptions: { ssl: { rejectUnauthorized: true } } } as never); // reports: no-ignored-setting
