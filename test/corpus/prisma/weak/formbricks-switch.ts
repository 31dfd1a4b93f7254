// A function with a `switch` decides (formbricks/formbricks packages/database/src/prisma-adapter.ts).
import { PrismaPg } from '@prisma/adapter-pg';
import type { PoolConfig } from 'pg';

const sslConfigFromSslAccept = (value: string | null): PoolConfig['ssl'] | undefined => {
  if (value === null) return undefined;

  switch (value) {
    case 'accept_invalid_certs':
      return { rejectUnauthorized: false }; // reports: prefer-verified
    case 'strict':
      return { rejectUnauthorized: true };
    default:
      console.warn('Unknown sslaccept value');
      return { rejectUnauthorized: true };
  }
};

export const createPrismaPgAdapter = (databaseUrl: string): PrismaPg => {
  const ssl = sslConfigFromSslAccept(new URL(databaseUrl).searchParams.get('sslaccept'));
  return new PrismaPg({ connectionString: databaseUrl, ssl });
};
