import type { Certificate } from './certificate.ts';

/**
 * Roots of providers from which every customer gets certificates, by the names that they give them; they have one a
 * region and algorithm, and add to them.
 *
 * Amazon: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html ("Amazon RDS eu-west-1 Root CA
 * RSA2048 G1"); Supabase: https://supabase.com/docs/guides/platform/ssl-enforcement ("Supabase Root 2021 CA").
 */
const PROVIDERS = /^(?:Amazon RDS|Supabase Root) /;

/** Whether a provider issues certificates from it to all its customers. */
export function isOfProvider({ name }: Certificate): boolean {
  return PROVIDERS.test(name);
}

interface Retired {
  /** Ids of hosts/providers.ts. */
  readonly providers: readonly string[];
  readonly name: RegExp;
  readonly why: string;
}

const RETIRED: readonly Retired[] = [
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html
  { providers: ['amazon-rds', 'amazon-rds-china'], name: /^Amazon RDS .*\b20(?:10|15|19|20) CA$|^Amazon RDS (?:Root|Beta Root) 20\d\d CA$/, why: 'Amazon RDS retired rds-ca-2019 and the ones before it in August 2024' },
  // https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls: Baltimore went in 2023.
  { providers: ['azure'], name: /^Baltimore CyberTrust Root$/, why: 'Azure replaced it by DigiCert Global Root G2 and Microsoft RSA Root Certificate Authority 2017' },
];

/** Why a provider no longer issues certificates from a root, a clause; `null` for one that it does, or that we know nothing of. */
export function retirementOf({ name }: Certificate, provider: string | null): string | null {
  return RETIRED.find((retired) => provider !== null && retired.providers.includes(provider) && retired.name.test(name))?.why ?? null;
}
