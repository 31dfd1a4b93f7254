// The `ssl` option wins over the word in the string.
import { createPool } from 'slonik';
export const pool = await createPool(process.env.DATABASE_URL, {
  maximumPoolSize: 10,
  ssl: { rejectUnauthorized: false }, // reports: prefer-verified
});
