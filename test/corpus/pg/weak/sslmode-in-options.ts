// sslmode is a word of connection strings.
import { Pool } from 'pg';
export const pool = new Pool({ host: 'db.acme.com', sslmode: 'require' } as never); // reports: require-sslmode
