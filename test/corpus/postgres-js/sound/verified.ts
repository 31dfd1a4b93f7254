// The one word that verifies, and options that do.
import postgres from 'postgres';
export const a = postgres('postgres://app:secret@db.acme.com/app', { ssl: 'verify-full' });
export const b = postgres(process.env.DATABASE_URL!, { ssl: { rejectUnauthorized: true } });
export const c = postgres(process.env.DATABASE_URL!);
