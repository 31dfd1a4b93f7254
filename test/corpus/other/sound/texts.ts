// Texts about connections: errors, help, regexes, docs.
export const HELP = 'Set DATABASE_URL, for example postgres://user:password@host:5432/database?sslmode=disable';
export const SCHEME = /^postgres(?:ql)?:\/\/.+sslmode=disable/;
export function check(url: string): void {
  if (!url.startsWith('postgres://')) throw new Error('must look like postgres://user:password@db.acme.com/app?sslmode=disable');
}
/** Connects as `new Pool({ connectionString: 'postgres://db.acme.com/app' })` would. */
export const form = { label: 'Connection', placeholder: 'postgres://user:pass@db.acme.com:5432/app' };
