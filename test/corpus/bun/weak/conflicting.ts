// The option and the string's word disagree.
import { SQL } from 'bun';
export const sql = new SQL('postgres://u:p@db.acme.com/app?sslmode=verify-full', { tls: { rejectUnauthorized: false } }); // reports: prefer-verified
