// Sequelize 6.
import { createRequire } from 'node:module';
import { serve, taken } from './serve.ts';

interface Sequelize {
  authenticate(): Promise<void>;
  close(): Promise<void>;
}
const require = createRequire(import.meta.url);
const { Sequelize } = require('sequelize') as { Sequelize: new (...parameters: unknown[]) => Sequelize };
const { version } = require('sequelize/package.json') as { version: string };

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const given = { dialect: 'postgres', logging: false, pool: { max: 1 }, ...(login === null ? {} : { ...login, username: login.user }), ...rest };
  const sequelize = string === null ? new Sequelize(given) : new Sequelize(string, given);
  try {
    await sequelize.authenticate();
  } finally {
    await sequelize.close();
  }
});
