// with: @mikro-orm/postgresql@7.2.1
// 7 reads `driverOptions.ssl`.
import { MikroORM } from '@mikro-orm/postgresql';
export const orm = await MikroORM.init({
  clientUrl: process.env.DATABASE_URL,
  driverOptions: { ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
});
