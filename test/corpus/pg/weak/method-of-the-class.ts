// A method of the class gives the options.
import { Pool } from 'pg';
export class Database {
  pool = new Pool({ host: 'db.acme.com', ssl: this.tls() }); // reports: no-plaintext

  private tls(): object | false {
    if (process.env.NODE_ENV !== 'production') return false;
    return { rejectUnauthorized: true };
  }
}
