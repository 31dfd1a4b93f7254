// It is read, compared, deleted, switched on, or spoken of.
if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') console.warn('NODE_TLS_REJECT_UNAUTHORIZED=0 is set');
delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';
export const help = 'Never set NODE_TLS_REJECT_UNAUTHORIZED=0 in production.';
export const pattern = /NODE_TLS_REJECT_UNAUTHORIZED\s*=\s*['"]?0/;
export const names = ['NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS'];
const other = { env: {} as Record<string, string> };
other.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
export type Env = { NODE_TLS_REJECT_UNAUTHORIZED?: '0' | '1' };
