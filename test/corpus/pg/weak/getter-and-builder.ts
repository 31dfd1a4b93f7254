// The options are what a getter or a method of one's own object gives.
import { Client, Pool } from 'pg';
const config = {
  get db() {
    return { host: 'db.acme.com', ssl: { rejectUnauthorized: false } }; // reports: prefer-verified
  },
};
export const pool = new Pool(config.db);
class Settings {
  readonly host = 'db.acme.com';
  toPg() {
    return { host: this.host, ssl: { rejectUnauthorized: false } }; // reports: prefer-verified
  }
}
const settings = new Settings();
export const client = new Client(settings.toPg());
