// With `replication` the `ssl` at the top is read by nobody.
import { DataSource } from 'typeorm';
export const source = new DataSource({ // reports: require-sslmode
  type: 'postgres',
  ssl: true, // reports: no-ignored-setting
  replication: {
    master: { host: 'primary.acme.com', username: 'app' },
    slaves: [{ host: 'replica.acme.com', ssl: { rejectUnauthorized: false } }], // reports: prefer-verified
  },
});
