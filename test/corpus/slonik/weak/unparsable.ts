// A host and its port, and one number too many: every URL parser refuses it.
import { createPool } from 'slonik';
export const pool = createPool('postgres://app:secret@db.acme.com:5432:5433/app?sslmode=require'); // reports: no-unparsable-connection
