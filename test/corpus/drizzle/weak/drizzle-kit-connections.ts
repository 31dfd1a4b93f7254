// From drizzle-team/drizzle-orm, drizzle-kit/src/cli/connections.ts: what drizzle-kit itself makes of its words.
import pg from 'pg';
export function connect(credentials) {
  const ssl = 'ssl' in credentials
    ? credentials.ssl === 'prefer' || credentials.ssl === 'require' || credentials.ssl === 'allow'
      ? { rejectUnauthorized: false } // reports: prefer-verified
      : credentials.ssl === 'verify-full' ? {} : credentials.ssl
    : {};
  return 'url' in credentials ? new pg.Pool({ connectionString: credentials.url, max: 1 }) : new pg.Pool({ ...credentials, ssl, max: 1 });
}
