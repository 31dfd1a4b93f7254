// A pool of one's own, made of pg's: what it hands to `super`, and what is handed to one that says nothing itself.
import { Client, Pool } from 'pg';
export class AppPool extends Pool {
  constructor() {
    super({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } }); // reports: prefer-verified
  }
}
class Reader extends Client {
  async rows(text: string): Promise<unknown[]> {
    return (await this.query(text)).rows;
  }
}
export const reader = new Reader({ host: 'db.acme.com', ssl: false } as never); // reports: no-plaintext
