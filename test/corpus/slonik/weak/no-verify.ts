// Slonik's own word for no verification.
import { createPool } from 'slonik';
export const pool = await createPool('postgres://app:secret@db.acme.com/app?sslmode=no-verify'); // reports: prefer-verified
