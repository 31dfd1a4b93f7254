// Texts about connection strings: documentation, help, errors, logs, regular expressions, comments.
/** Takes `postgres://user:password@db.acme.com/app?sslmode=disable`. */
export const USAGE = 'usage: app --url postgres://user:password@db.acme.com/app?sslmode=disable';
export const option = { flag: '--url', description: 'postgres://user:password@db.acme.com/app?sslmode=disable', placeholder: 'postgres://user:password@db.acme.com/app?sslmode=prefer' };
export const pattern = new RegExp('postgres://.*sslmode=disable');
export const literal = /postgres:\/\/db\.acme\.com\/app\?sslmode=disable/;
export function check(url: string): void {
  if (url.includes('sslmode=disable') || url.startsWith('postgres://db.acme.com/app?sslmode=disable')) {
    throw new Error(`refusing ${url}: postgres://db.acme.com/app?sslmode=disable is not allowed`);
  }
  console.error('cannot connect to postgres://app@db.acme.com/app?sslmode=disable');
}
// new Pool({ connectionString: 'postgres://app:secret@db.acme.com/app?sslmode=disable' })
