// `postgres` is this client by an import map: npm's package of that name has no Client.
import { Client } from 'postgres';
export const client = new Client({ hostname: 'db.acme.com', user: 'app', tls: { enabled: false } }); // reports: no-plaintext
