// Options that a file only makes: whose they are, the manifest says.
// with: pg@8.16.3
export const postgres = {
  host: 'db.acme.com',
  database: 'app',
  ssl: false, // reports: no-plaintext
};
export function poolOptions() {
  return { connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } }; // reports: prefer-verified
}
// The postgres pool is made of these in another file.
export type PoolOptions = 'postgres' | 'pool';
