// Redis, with the same option names.
import { createClient } from 'redis';
import Redis from 'ioredis';
export const a = createClient({ url: 'rediss://cache.acme.com', socket: { tls: true, rejectUnauthorized: false } });
export const b = new Redis({ host: 'cache.acme.com', tls: { rejectUnauthorized: false }, connectionName: 'postgres-cache' });
