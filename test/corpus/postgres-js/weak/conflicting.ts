// The option wins over the string's word.
import postgres from 'postgres';
export const sql = postgres('postgres://u:p@db.acme.com/app?sslmode=verify-full', { ssl: 'require' }); // reports: no-conflicting-settings prefer-verified
