// Redis, queues and mail servers are configured with the same words, in a file that connects to PostgreSQL as well.
import { Queue } from 'bullmq';
import Redis from 'ioredis';
import nodemailer from 'nodemailer';
import { Client } from 'pg';
import { createClient } from 'redis';
export const redis = new Redis({ host: 'redis.acme.com', tls: { rejectUnauthorized: false } });
export const other = new Redis('rediss://redis.acme.com', { tls: { rejectUnauthorized: false } });
export const client = createClient({ url: 'rediss://redis.acme.com', socket: { tls: true, rejectUnauthorized: false } });
export const queue = new Queue('jobs', { connection: { host: 'redis.acme.com', tls: { rejectUnauthorized: false } } });
export const mail = nodemailer.createTransport({ host: 'smtp.acme.com', port: 587, secure: false, tls: { rejectUnauthorized: false } });
export const postgres = new Client({ connectionString: process.env.DATABASE_URL, ssl: true });
