// libpq's word, which Slonik throws on: broken, not weak.
import { createPool } from 'slonik';
export const pool = await createPool('postgres://app:secret@db.acme.com/app?sslmode=verify-full'); // reports: no-unknown-sslmode
