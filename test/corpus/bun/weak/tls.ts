// `tls: true` encrypts and verifies nothing.
import { SQL } from 'bun';
export const sql = new SQL({
  hostname: 'db.acme.com',
  username: 'app',
  tls: true, // reports: prefer-verified
});
