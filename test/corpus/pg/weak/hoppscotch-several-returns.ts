// A static method that returns early decides (hoppscotch/hoppscotch packages/hoppscotch-backend/src/prisma/prisma.service.ts).
import pg from 'pg';

export class PrismaService {
  readonly pool: pg.Pool;

  constructor() {
    const databaseUrl = process.env.DATABASE_URL;
    if (!databaseUrl) throw new Error('DATABASE_URL environment variable is not set');
    const parsed = PrismaService.parseDatabaseUrl(databaseUrl);
    const sslConfig = PrismaService.getSSLConfig(parsed.sslMode);
    this.pool = new pg.Pool({ connectionString: parsed.connectionString, ssl: sslConfig }); // reports: no-plaintext
  }

  private static getSSLConfig(sslMode?: string): false | { rejectUnauthorized: boolean } {
    if (!sslMode || sslMode === 'disable') {
      return false;
    }
    if (sslMode === 'require' || sslMode === 'prefer' || sslMode === 'allow') {
      return { rejectUnauthorized: false }; // reports: prefer-verified
    }
    if (sslMode === 'verify-ca' || sslMode === 'verify-full') {
      return { rejectUnauthorized: true };
    }
    throw new Error(`unknown sslmode: ${sslMode}`);
  }

  private static parseDatabaseUrl(databaseUrl: string): { connectionString: string; sslMode?: string } {
    const url = new URL(databaseUrl);
    const sslMode = url.searchParams.get('sslmode');
    url.searchParams.delete('sslmode');
    return { connectionString: url.toString(), sslMode: sslMode || undefined };
  }
}
