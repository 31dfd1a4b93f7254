// Defaults in the schema of an environment: zod, convict, envalid.
import convict from 'convict';
import { cleanEnv, str } from 'envalid';
import { z } from 'zod';
export const env = z.object({ DATABASE_URL: z.string().default('postgres://app:secret@db.acme.com/app?sslmode=disable') }).parse(process.env); // reports: no-plaintext
export const config = convict({ url: { doc: 'PostgreSQL', format: String, default: 'postgres://app:secret@db.acme.com/app?sslmode=prefer', env: 'DATABASE_URL' } }); // reports: no-plaintext-fallback
export const clean = cleanEnv(process.env, { DATABASE_URL: str({ default: 'postgres://app:secret@db.acme.com/app?sslmode=allow' }) }); // reports: no-plaintext-fallback
