import { describe, expect, it } from 'vitest';
import { PROVIDERS, providerOf } from '../../src/hosts/providers.ts';

describe('providerOf', () => {
  it.for<[host: string | null, id: string | undefined]>([
    ['main.abc.eu-west-1.rds.amazonaws.com', 'amazon-rds'],
    ['main.cluster-abc.eu-west-1.RDS.amazonaws.com.', 'amazon-rds'],
    ['app.proxy-abc.eu-west-1.rds.amazonaws.com', 'amazon-rds-proxy'],
    ['main.abc.rds.cn-north-1.amazonaws.com.cn', undefined],
    ['main.abc.cn-north-1.rds.amazonaws.com.cn', 'amazon-rds-china'],
    ['main.abc.us-gov-west-1.rds.amazonaws.com', 'amazon-rds-govcloud'],
    ['abc.def.europe-west1.sql.goog', 'google-cloud-sql'],
    ['abc.def.europe-west1.sql-psa.goog', 'google-cloud-sql'],
    ['app.postgres.database.azure.com', 'azure'],
    ['c-app.abc.postgres.cosmos.azure.com', 'azure-cosmos'],
    ['rw-abc.rdb.fr-par.scw.cloud', 'scaleway-managed'],
    ['ep-cool-1-pooler.us-east-2.aws.neon.tech', 'neon'],
    ['db.abcdef.supabase.co', 'supabase'],
    ['aws-0-eu-central-1.pooler.supabase.com', 'supabase'],
    ['ec2-1-2-3-4.compute-1.amazonaws.com', 'heroku'],
    ['dpg-abc-a.oregon-postgres.render.com', 'render'],
    ['dpg-abc-a', 'render'],
    ['switchyard.proxy.rlwy.net', 'railway'],
    ['acme-db.flycast', 'fly'],
    ['app-do-user-1-0.b.db.ondigitalocean.com', 'digitalocean'],
    ['pg-1.acme.aivencloud.com', 'aiven'],
    ['free-1.aws-eu-west-1.cockroachlabs.cloud', 'cockroachdb-cloud'],
    ['abc.def.tsdb.cloud.timescale.com', 'tiger-cloud'],
    ['abc.pg.sdb.fr-par.scw.cloud', 'scaleway-serverless'],
    ['acme.platform-query.adobe.io', 'adobe-query-service'],
    ['rds.amazonaws.com.evil.example', undefined],
    ['evil-rds.amazonaws.com', undefined],
    ['db.acme.com', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s: %s', ([host, id]) => {
    expect(providerOf(host)?.id).toBe(id);
  });
});

describe('the provider table', () => {
  it.for(PROVIDERS)('$id is complete', (provider) => {
    expect(provider.advice).toMatch(/^[A-Z].*\.$/);
    expect(() => new URL(provider.root.where)).not.toThrow();
    expect(provider.hosts.length).toBeGreaterThan(0);
    // verify-ca counts as verify-full with a CA of one's own: there must be one that can be named.
    if (provider.root.issuesTo === 'instance') expect(provider.root.file).not.toBeNull();
    // A file that has to be downloaded must be named to whoever has to download it.
    if (provider.root.file !== null && provider.id !== 'amazon-rds-china' && provider.id !== 'cockroachdb-cloud') {
      expect(provider.advice).toContain(provider.root.file);
    }
  });

  it('has every id once', () => {
    expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
  });
});
