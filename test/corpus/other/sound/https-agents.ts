// TLS of other protocols: agents, gRPC, MQTT, LDAP, Elasticsearch, beside a database that is verified.
import https from 'node:https';
import tls from 'node:tls';
import axios from 'axios';
import { Client as LdapClient } from 'ldapts';
import mqtt from 'mqtt';
import { Pool } from 'pg';
import { Agent, Pool as HttpPool } from 'undici';
export const agent = new https.Agent({ rejectUnauthorized: false });
export const api = axios.create({ httpsAgent: new https.Agent({ rejectUnauthorized: false }) });
export const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
export const http = new HttpPool('https://api.acme.com', { connect: { rejectUnauthorized: false } });
export const socket = tls.connect({ host: 'api.acme.com', port: 443, rejectUnauthorized: false });
export const ldap = new LdapClient({ url: 'ldaps://ldap.acme.com', tlsOptions: { rejectUnauthorized: false } });
export const broker = mqtt.connect('mqtts://mqtt.acme.com', { rejectUnauthorized: false });
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: true } });
