// Through a tunnel, a socket and a container of the tests: it is the own machine each time.
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { Client, Pool } from 'pg';
import { createTunnel } from 'tunnel-ssh';
await createTunnel({ autoClose: true }, { port: 5433 }, { host: 'bastion.acme.com', username: 'u' }, { srcPort: 5433, dstAddr: 'db.acme.com', dstPort: 5432 });
export const tunnel = new Client({ host: '127.0.0.1', port: 5433, ssl: false });
export const cloudSql = new Pool({ host: `/cloudsql/${process.env.INSTANCE}`, user: 'u', database: 'd', ssl: false });
const container = await new PostgreSqlContainer('postgres:17').start();
export const pool = new Pool({ connectionString: container.getConnectionUri(), ssl: false });
export const byParts = new Pool({ host: container.getHost(), port: container.getPort(), ssl: false });
