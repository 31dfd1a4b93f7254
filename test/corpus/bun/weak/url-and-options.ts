// Bun takes libpq's word in the string, and its require verifies nothing.
import { SQL } from 'bun';
export const sql = new SQL('postgres://app:secret@db.acme.com/app?sslmode=require', { max: 5 }); // reports: prefer-verified
