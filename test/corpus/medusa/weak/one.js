// Medusa 1 hands `database_extra` to TypeORM as `extra`.
module.exports = {
  projectConfig: {
    redis_url: process.env.REDIS_URL,
    database_url: process.env.DATABASE_URL,
    database_type: 'postgres',
    database_extra: { ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
  },
};
