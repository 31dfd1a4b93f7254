// The same in its options, from JSR.
import { Pool } from 'jsr:@db/postgres@0.19';
export const pool = new Pool({
  hostname: 'db.acme.com',
  user: 'app',
  tls: { enforce: false }, // reports: no-plaintext-fallback
}, 3);
