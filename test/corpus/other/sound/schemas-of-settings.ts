// Schemas, forms, tables and types that describe a connection: nothing connects with them.
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
export const schema = z.object({ host: z.string(), database: z.string(), ssl: z.boolean().default(false), sslMode: z.enum(['disable', 'require', 'verify-full']).default('disable') });
export const connections = pgTable('connections', { host: text('host'), database: text('database'), ssl: boolean('ssl').default(false) });
export const useDatabase = () => useForm({ defaultValues: { type: 'postgres', host: '', port: 5432, user: '', password: '', database: '', ssl: false } });
export interface Options { host: string; database: string; ssl: false }
export type Mode = 'disable' | 'prefer' | 'require';
export const isOff = (url: URL): boolean => url.protocol === 'postgres:' && url.searchParams.get('sslmode') === 'disable';
export const mask = (url: string): string => url.replace(/postgres:\/\/[^@]+@/, 'postgres://***@');
