// The options are a field of the class.
import { Pool } from 'pg';
export class Database {
  private readonly options = {
    host: 'db.acme.com',
    ssl: false, // reports: no-plaintext
  };

  open(): Pool {
    return new Pool(this.options);
  }
}
