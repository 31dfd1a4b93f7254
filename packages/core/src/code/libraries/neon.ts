import { propertyOf } from '../../value.ts';
import { type Library, isNothing, stringOf } from './library.ts';

/**
 * Neon's serverless driver, with what is built on it: `neon(url)`, `new Pool(options)`, `new Client(url | options)`, Vercel's
 * `createPool(options)`, Prisma's and Payload's adapters.
 */
export const neon: Library = {
  driver: 'neon-serverless',
  modules: {
    '@neondatabase/serverless': ['neon', 'Pool', 'Client'],
    '@vercel/postgres': ['createPool', 'createClient', 'VercelPool', 'VercelClient'],
    '@prisma/adapter-neon': ['PrismaNeon', 'PrismaNeonHTTP', 'PrismaNeonHttp'],
    '@payloadcms/db-vercel-postgres': ['vercelPostgresAdapter'],
  },
  matters: () => [0],
  read([argument], look) {
    if (argument === undefined || isNothing(argument.value)) return [];
    if (argument.value.kind !== 'object') return [{ string: argument.text ?? 'hidden', options: undefined }];
    const options = propertyOf(argument.value, 'pool') ?? argument.value;
    return [{ string: stringOf(propertyOf(options, 'connectionString'), look), options }];
  },
};
