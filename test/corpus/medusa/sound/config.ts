// Nothing said beside a URL of the environment, a verified one, and SQLite.
export const plain = { projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: {} } };
export const verified = { projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: { connection: { ssl: { ca: process.env.DATABASE_CA } } } } };
export const sqlite = { projectConfig: { database_type: 'sqlite', database_database: './medusa-db.sqlite', database_extra: { ssl: false } } };
