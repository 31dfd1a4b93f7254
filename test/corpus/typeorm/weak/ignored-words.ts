// `sslmode` is no option of TypeORM's.
import { DataSource } from 'typeorm';
export const source = new DataSource({ type: 'postgres', host: 'db.acme.com', ssl: true, sslmode: 'verify-full', entities: [] } as never); // reports: no-ignored-setting
