// Nothing said, to a host by name.
import { DataSource } from 'typeorm';
export const source = new DataSource({ type: 'postgres', host: 'db.acme.com', username: 'app' }); // reports: require-sslmode
