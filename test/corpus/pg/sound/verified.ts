// Verified, and checks that do fail.
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { Pool } from 'pg';
export const a = new Pool({ host: 'db.acme.com', ssl: true });
export const b = new Pool({ host: 'db.acme.com', ssl: { ca: readFileSync('ca.pem'), checkServerIdentity: (host, cert) => tls.checkServerIdentity('proxy.acme.com', cert) } });
