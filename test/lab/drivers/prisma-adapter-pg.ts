// Prisma's driver adapter for node-postgres, without the client around it: what that asks goes through `queryRaw`.
import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { serve } from './serve.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('@prisma/adapter-pg')), 'utf8')) as { version: string };

await serve(version, async ({ string, options }) => {
  const adapter = await new PrismaPg({ ...(options as object | null), ...(string === null ? {} : { connectionString: string }), max: 1 }).connect();
  try {
    await adapter.queryRaw({ sql: 'select 1', args: [], argTypes: [] });
  } finally {
    await adapter.dispose();
  }
});
