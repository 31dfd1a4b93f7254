// Slonik keeps pg from TLS where nothing is said.
import { createPool } from 'slonik';
export const pool = await createPool('postgres://app:secret@db.acme.com/app'); // reports: require-sslmode
