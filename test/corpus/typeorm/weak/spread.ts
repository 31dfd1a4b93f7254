// The type comes with what is spread.
const base = { type: 'postgres' as const, host: process.env.DB_HOST };
export const production = { ...base, migrations: ['dist/migrations/*.js'], ssl: { rejectUnauthorized: false } }; // reports: prefer-verified
