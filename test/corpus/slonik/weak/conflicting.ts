// The option wins over the string's word.
import { createPool } from 'slonik';
export const pool = await createPool('postgres://u:p@db.acme.com/app?sslmode=no-verify', { ssl: { rejectUnauthorized: true } }); // reports: no-conflicting-settings
