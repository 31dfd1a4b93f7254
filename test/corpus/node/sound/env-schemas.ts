// Schemas of an environment whose defaults are on the own machine, and texts in them that are no defaults.
import convict from 'convict';
import { cleanEnv, str } from 'envalid';
import { z } from 'zod';
export const env = z.object({ DATABASE_URL: z.string().default('postgres://app:secret@localhost/app').describe('postgres://user:password@host/app') }).parse(process.env);
export const config = convict({ url: { doc: 'postgres://db.acme.com/app?sslmode=disable', format: String, default: 'postgres://postgres@127.0.0.1/app', env: 'DATABASE_URL' } });
export const clean = cleanEnv(process.env, { DATABASE_URL: str({ devDefault: 'postgres://postgres@localhost/app', example: 'postgres://user:pass@db.acme.com/app?sslmode=disable' }) });
export const checked = z.string().refine((url) => !url.includes('sslmode=disable'), { message: 'postgres://db.acme.com/app?sslmode=disable is not allowed' });
