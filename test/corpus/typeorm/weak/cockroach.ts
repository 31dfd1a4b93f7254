// A CockroachDB's URL is taken apart and its parameters are lost.
import { DataSource } from 'typeorm';
export const source = new DataSource({ type: 'cockroachdb', url: 'postgresql://app@free.acme.com:26257/app?sslmode=verify-full', timeTravelQueries: false }); // reports: require-sslmode
