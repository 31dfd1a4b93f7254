// Kafka and MongoDB, in words that sslmode's drivers use too.
import { Kafka } from 'kafkajs';
import { MongoClient } from 'mongodb';
export const kafka = new Kafka({ brokers: ['kafka.acme.com:9093'], ssl: { rejectUnauthorized: false }, clientId: 'pg-sync' });
export const mongo = new MongoClient('mongodb://db.acme.com/app?tls=false', { tlsAllowInvalidCertificates: true });
