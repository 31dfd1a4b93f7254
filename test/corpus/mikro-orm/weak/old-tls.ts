// TLS 1.0 is let in.
// with: @mikro-orm/postgresql@7.0.0
import { MikroORM } from '@mikro-orm/postgresql';
export const orm = await MikroORM.init({ host: 'db.acme.com', dbName: 'app', driverOptions: { ssl: { rejectUnauthorized: true, minVersion: 'TLSv1' } } }); // reports: no-weak-tls-version
