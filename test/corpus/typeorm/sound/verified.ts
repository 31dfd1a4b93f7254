// In the URL, in `ssl`, in `extra`, in each node.
import { readFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
export const a = new DataSource({ type: 'postgres', url: 'postgres://app@db.acme.com/app?sslmode=verify-full' });
export const b = new DataSource({ type: 'postgres', host: 'db.acme.com', ssl: { ca: readFileSync('ca.pem') } });
export const c = new DataSource({ type: 'postgres', host: 'db.acme.com', extra: { ssl: true } });
export const d = new DataSource({ type: 'postgres', replication: { master: { host: 'a.acme.com', ssl: true }, slaves: [{ host: 'b.acme.com', ssl: true }] } });
