// Search engines, brokers and other databases with `Pool`, `Client`, `connectionString` and `ssl`, beside a sound pool of pg's.
import { Client as Elastic } from '@elastic/elasticsearch';
import { Client as Search } from '@opensearch-project/opensearch';
import amqp from 'amqplib';
import { Client as Cassandra } from 'cassandra-driver';
import mongoose from 'mongoose';
import sql from 'mssql';
import { Pool } from 'pg';
export const elastic = new Elastic({ node: 'https://es.acme.com', tls: { rejectUnauthorized: false } });
export const search = new Search({ node: 'https://es.acme.com', ssl: { rejectUnauthorized: false } });
export const cassandra = new Cassandra({ contactPoints: ['h'], localDataCenter: 'dc', sslOptions: { rejectUnauthorized: false } });
export const rabbit = amqp.connect('amqps://mq.acme.com', { rejectUnauthorized: false });
export const mongo = mongoose.connect(process.env.MONGO_URL!, { tls: true, tlsAllowInvalidCertificates: true });
export const mssql = new sql.ConnectionPool({ server: 'db.acme.com', database: 'app', options: { encrypt: false, trustServerCertificate: true } });
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: true });
