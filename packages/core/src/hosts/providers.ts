import { compileGlob } from '../glob.ts';
import { canonicalName } from './address.ts';

/** A company that runs PostgreSQL servers for others, and what its servers' certificates need. */
export interface Provider {
  readonly id: string;
  /** As messages name it: "Amazon RDS". */
  readonly name: string;
  /** Host patterns, without case, `*` also matching dots. */
  readonly hosts: readonly string[];
  /** Those of its hosts that only its own network can reach: class `private`. */
  readonly private: readonly string[];
  /** Where its certificates come from. */
  readonly root: {
    /** Name of the CA file to download; `null`: its certificates chain to roots that systems and Node.js have, or there is no CA that could be had. */
    readonly file: string | null;
    /**
     * Who else can get a certificate from that CA: `anyone` (a public one), `customers` (others with an account, or
     * this customer's other instances; also where there is no CA), `instance` (nobody: with that file as root
     * verify-ca protects as well as verify-full).
     */
    readonly issuesTo: 'anyone' | 'customers' | 'instance';
    /** Its documentation. */
    readonly where: string;
  };
  /** Whether the certificate holds the name that clients connect to. Where not, verify-full cannot work. */
  readonly nameMatches: boolean;
  /** One sentence for messages: what verification needs here. */
  readonly advice: string;
}

/** The first whose pattern matches counts. */
export const PROVIDERS: readonly Provider[] = [
  {
    id: 'amazon-rds-proxy',
    name: 'Amazon RDS Proxy',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connecting.html: NAME.proxy-ID.REGION.rds.amazonaws.com.
    hosts: ['*.proxy-*.rds.amazonaws.com'],
    private: [],
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html, "RDS Proxy uses certificates
    // from the AWS Certificate Manager": public roots, the RDS bundle is not needed.
    root: { file: null, issuesTo: 'anyone', where: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html' },
    nameMatches: true,
    advice: 'RDS Proxy has public certificates: verify-full needs no file where the system\'s roots are used.',
  },
  {
    id: 'amazon-rds-govcloud',
    name: 'Amazon RDS (GovCloud)',
    hosts: ['*.us-gov-*.rds.amazonaws.com'],
    private: [],
    // The same page, "Certificate bundles for AWS GovCloud (US)": bundles of their own, the global one holds none of them
    // (https://github.com/hashicorp/terraform-provider-aws/issues/15221).
    root: { file: 'global-bundle.pem', issuesTo: 'customers', where: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html' },
    nameMatches: true,
    advice: 'Amazon RDS in GovCloud has a certificate bundle of its own: https://truststore.pki.us-gov-west-1.rds.amazonaws.com/global/global-bundle.pem.',
  },
  {
    id: 'amazon-rds',
    name: 'Amazon RDS',
    hosts: ['*.rds.amazonaws.com'],
    private: [],
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html: Amazon's own CAs, in no public store;
    // every customer's instances get their certificates from them.
    root: { file: 'global-bundle.pem', issuesTo: 'customers', where: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html' },
    nameMatches: true,
    advice: 'Amazon RDS\'s certificates need global-bundle.pem from https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.',
  },
  {
    id: 'amazon-rds-china',
    name: 'Amazon RDS (China)',
    hosts: ['*.rds.amazonaws.com.cn'],
    private: [],
    // The same page in the China documentation: bundles of their own.
    root: { file: 'global-bundle.pem', issuesTo: 'customers', where: 'https://docs.amazonaws.cn/en_us/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html' },
    nameMatches: true,
    advice: 'Amazon RDS in China has a certificate bundle of its own: see https://docs.amazonaws.cn/en_us/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html.',
  },
  {
    id: 'google-cloud-sql',
    name: 'Google Cloud SQL',
    // Mostly reached by address, which tells nothing: there the certificate names PROJECT:INSTANCE, and only verify-ca with
    // the instance's own CA can work (https://github.com/brianc/node-postgres-docs/issues/79). These are the DNS zones of
    // instances with Private Service Connect and of those with the shared CA.
    hosts: ['*.sql.goog', '*.sql-psa.goog'],
    private: ['*.sql-psa.goog'],
    // https://docs.cloud.google.com/sql/docs/postgres/configure-ssl-instance: the DNS name is in the certificate with the
    // shared CA (GOOGLE_MANAGED_CAS_CA), and with the per-instance CA where Private Service Connect is used. The shared CA
    // serves all customers of a region.
    root: { file: 'server-ca.pem', issuesTo: 'customers', where: 'https://docs.cloud.google.com/sql/docs/postgres/configure-ssl-instance' },
    nameMatches: true,
    advice: 'Cloud SQL\'s certificates need the instance\'s server-ca.pem, and hold its DNS name (an address is in none: there use the Cloud SQL connector).',
  },
  {
    id: 'azure',
    name: 'Azure Database for PostgreSQL',
    hosts: ['*.postgres.database.azure.com', '*.postgres.database.usgovcloudapi.net', '*.postgres.database.chinacloudapi.cn'],
    // The private DNS zones that VNet integration and private endpoints make.
    private: ['*.private.postgres.database.azure.com', '*.privatelink.postgres.database.azure.com'],
    // https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls: DigiCert Global Root G2
    // and Microsoft RSA Root CA 2017, both in the public stores; pinning one file broke users when roots changed
    // (MicrosoftDocs/azure-docs#122718).
    root: { file: null, issuesTo: 'anyone', where: 'https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls' },
    nameMatches: true,
    advice: 'Azure\'s certificates chain to DigiCert Global Root G2 or Microsoft RSA Root CA 2017, both public: trust the system\'s roots, or a file that holds both.',
  },
  {
    id: 'azure-cosmos',
    name: 'Azure Cosmos DB for PostgreSQL',
    hosts: ['*.postgres.cosmos.azure.com', '*.postgres.cosmos.chinacloudapi.cn'],
    private: ['*.privatelink.postgres.cosmos.azure.com'],
    // https://learn.microsoft.com/azure/cosmos-db/postgresql/howto-ssl-connection-security: DigiCert Global Root G2, and
    // `sslmode=verify-full` with it.
    root: { file: null, issuesTo: 'anyone', where: 'https://learn.microsoft.com/azure/cosmos-db/postgresql/howto-ssl-connection-security' },
    nameMatches: true,
    advice: 'Cosmos DB for PostgreSQL\'s certificates chain to DigiCert Global Root G2, which is public: trust the system\'s roots.',
  },
  {
    id: 'neon',
    name: 'Neon',
    // Vercel Postgres is Neon under another name.
    hosts: ['*.neon.tech', '*.neon.build', '*.postgres.vercel-storage.com'],
    private: [],
    // https://neon.com/docs/connect/connect-securely: ISRG Root X1, verify-full with the system's roots.
    root: { file: null, issuesTo: 'anyone', where: 'https://neon.com/docs/connect/connect-securely' },
    nameMatches: true,
    advice: 'Neon\'s certificates are public (ISRG Root X1): verify-full works with the system\'s roots.',
  },
  {
    id: 'supabase',
    name: 'Supabase',
    hosts: ['*.supabase.co', '*.supabase.com'],
    private: [],
    // https://supabase.com/docs/guides/platform/ssl-enforcement: its own CA for all projects, from the dashboard.
    root: { file: 'prod-ca-2021.crt', issuesTo: 'customers', where: 'https://supabase.com/docs/guides/platform/ssl-enforcement' },
    nameMatches: true,
    advice: 'Supabase\'s certificates need prod-ca-2021.crt, from the project\'s dashboard under Database, SSL Configuration.',
  },
  {
    id: 'heroku',
    name: 'Heroku Postgres',
    // The hosts of its common runtime in its two regions are plain EC2 names: hence the "if" in the advice.
    hosts: ['ec2-*.compute-1.amazonaws.com', 'ec2-*.eu-west-1.compute.amazonaws.com'],
    private: [],
    // https://devcenter.heroku.com/articles/heroku-postgresql#connecting-in-node-js: self-signed, no CA to be had. Not
    // `instance`: another server on EC2 may well have a public certificate.
    root: { file: null, issuesTo: 'customers', where: 'https://devcenter.heroku.com/articles/heroku-postgresql' },
    nameMatches: false,
    advice: 'If this is Heroku Postgres, its certificate is self-signed and cannot be verified without Enhanced Certificates.',
  },
  {
    id: 'render',
    name: 'Render',
    hosts: ['dpg-*.render.com', 'dpg-*-a'],
    private: ['dpg-*-a'],
    // https://render.com/docs/postgresql-creating-connecting: internal names have no dots; TLS 1.2 is required from
    // outside, where its examples use `ssl: true`, which in node-postgres verifies against public roots.
    root: { file: null, issuesTo: 'anyone', where: 'https://render.com/docs/postgresql-creating-connecting' },
    nameMatches: true,
    advice: 'Render\'s external hosts have public certificates: verify-full works with the system\'s roots.',
  },
  {
    id: 'railway',
    name: 'Railway',
    hosts: ['*.proxy.rlwy.net', '*.railway.app', '*.railway.internal'],
    private: ['*.railway.internal'],
    // https://github.com/railwayapp-templates/postgres-ssl: a CA made inside the container, and a certificate for localhost.
    root: { file: 'root.crt', issuesTo: 'instance', where: 'https://github.com/railwayapp-templates/postgres-ssl' },
    nameMatches: false,
    advice: 'Railway\'s Postgres signs its own certificate, for another name: use verify-ca with the root.crt copied from the container, or its private network.',
  },
  {
    id: 'fly',
    name: 'Fly.io',
    hosts: ['*.flycast'],
    // https://fly.io/docs/networking/flycast/: addresses inside an organization's private network, which is a mesh of
    // WireGuard tunnels (https://fly.io/docs/reference/private-networking/).
    private: ['*.flycast'],
    root: { file: null, issuesTo: 'customers', where: 'https://fly.io/docs/reference/private-networking/' },
    nameMatches: false,
    advice: 'Fly.io\'s private network encrypts between machines (WireGuard); its Postgres has no certificate that could be verified.',
  },
  {
    id: 'digitalocean',
    name: 'DigitalOcean',
    hosts: ['*.db.ondigitalocean.com'],
    // The names inside a VPC begin with `private-`.
    private: ['private-*.db.ondigitalocean.com'],
    // https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/: a CA file for the account's clusters.
    root: { file: 'ca-certificate.crt', issuesTo: 'customers', where: 'https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/' },
    nameMatches: true,
    advice: 'DigitalOcean\'s certificates need ca-certificate.crt, from the cluster\'s connection details.',
  },
  {
    id: 'aiven',
    name: 'Aiven',
    hosts: ['*.aivencloud.com'],
    private: [],
    // https://aiven.io/docs/platform/concepts/tls-ssl-certificates: a CA for each project.
    root: { file: 'ca.pem', issuesTo: 'customers', where: 'https://aiven.io/docs/platform/concepts/tls-ssl-certificates' },
    nameMatches: true,
    advice: 'Aiven\'s certificates need the project\'s ca.pem, from the service\'s connection information.',
  },
  {
    id: 'cockroachdb-cloud',
    name: 'CockroachDB Cloud',
    hosts: ['*.cockroachlabs.cloud'],
    private: [],
    // https://www.cockroachlabs.com/docs/cockroachcloud/authentication: download the cluster's CA certificate; the
    // strings handed out say verify-full, and `require` is "not recommended". Of Basic and Standard clusters it is public
    // (https://www.pulumi.com/registry/packages/cockroach/api-docs/getclustercert/), which this file holds as well.
    root: { file: 'root.crt', issuesTo: 'customers', where: 'https://www.cockroachlabs.com/docs/cockroachcloud/authentication' },
    nameMatches: true,
    advice: 'CockroachDB Cloud\'s certificates need the cluster\'s CA file, stored as ~/.postgresql/root.crt.',
  },
  {
    id: 'tiger-cloud',
    name: 'Tiger Cloud (Timescale)',
    hosts: ['*.timescale.com', '*.tigerdata.com'],
    private: [],
    // https://docs.timescale.com/use-timescale/latest/security/strict-ssl/: signed by a well-known CA about half an hour
    // after the service is made, self-signed until then.
    root: { file: null, issuesTo: 'anyone', where: 'https://docs.timescale.com/use-timescale/latest/security/strict-ssl/' },
    nameMatches: true,
    advice: 'Tiger Cloud\'s certificates are public half an hour after a service is created: verify-full works with the system\'s roots.',
  },
  {
    id: 'scaleway-serverless',
    name: 'Scaleway Serverless SQL',
    hosts: ['*.pg.sdb.*.scw.cloud'],
    private: [],
    // https://www.scaleway.com/en/docs/serverless-sql-databases/api-cli/secure-connection-ssl-tls: ISRG Root X1.
    root: { file: null, issuesTo: 'anyone', where: 'https://www.scaleway.com/en/docs/serverless-sql-databases/api-cli/secure-connection-ssl-tls' },
    nameMatches: true,
    advice: 'Scaleway Serverless SQL\'s certificates are public (ISRG Root X1): verify-full works with the system\'s roots.',
  },
  {
    id: 'scaleway-managed',
    name: 'Scaleway Managed Database',
    hosts: ['*.rdb.*.scw.cloud'],
    private: [],
    // https://www.scaleway.com/en/docs/managed-databases-for-postgresql-and-mysql/api-cli/verify-ca-postgresql/: a
    // certificate for each instance, to be downloaded; verify-full for those made since 1 February 2023.
    root: { file: 'ssl-db.pem', issuesTo: 'instance', where: 'https://www.scaleway.com/en/docs/managed-databases-for-postgresql-and-mysql/api-cli/verify-ca-postgresql/' },
    nameMatches: true,
    advice: 'Scaleway\'s instances sign their own certificate: download it as ssl-db.pem from the console (and renew one from before February 2023).',
  },
  {
    id: 'adobe-query-service',
    name: 'Adobe Experience Platform Query Service',
    hosts: ['*.platform-query.adobe.io'],
    private: [],
    // https://experienceleague.adobe.com/en/docs/experience-platform/query/clients/ssl-modes: DigiCert Global Root G2, a
    // public CA, stored as root.crt.
    root: { file: null, issuesTo: 'anyone', where: 'https://experienceleague.adobe.com/en/docs/experience-platform/query/clients/ssl-modes' },
    nameMatches: true,
    advice: 'Query Service\'s certificates chain to DigiCert Global Root G2, a public CA: use verify-full, with that root stored as ~/.postgresql/root.crt.',
  },
];

const matchers = PROVIDERS.map((provider) => ({ provider, matches: anyOf(provider.hosts), isPrivate: anyOf(provider.private) }));

/** The provider that a host belongs to; `null` for none that is known, and for a hidden host. */
export function providerOf(host: string | null): Provider | null {
  if (host === null) return null;
  const name = canonicalName(host);
  return matchers.find(({ matches }) => matches(name))?.provider ?? null;
}

/** Whether a host, as {@link canonicalName} writes it, can only be reached inside its provider's network. */
export function isPrivateByProvider(name: string): boolean {
  return matchers.some(({ isPrivate }) => isPrivate(name));
}

function anyOf(patterns: readonly string[]): (name: string) => boolean {
  const globs = patterns.map((pattern) => compileGlob(pattern, 'host'));
  // No name in DNS is longer (RFC 1035 2.3.4).
  return (name) => name.length <= 253 && globs.some((matches) => matches(name));
}
