// With others, all at once.
const { env } = require('node:process');
Object.assign(env, { NODE_ENV: 'test', NODE_TLS_REJECT_UNAUTHORIZED: '0' }); // reports: no-global-tls-bypass
