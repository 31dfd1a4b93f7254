// Classes of one's own that are called as libraries' are, and methods that are called as their functions.
import { DataSource } from './data-source';
import { Sequelize } from './sequelize-mock';
class Client { constructor(readonly options: { host: string; ssl: boolean }) {} }
export const client = new Client({ host: 'db.acme.com', ssl: false });
export const source = new DataSource({ kind: 'postgres', host: 'db.acme.com', ssl: false });
export const orm = new Sequelize('postgres', { ssl: false });
export const kysely = { postgres: (options: object) => options }.postgres({ host: 'db.acme.com', ssl: false });
