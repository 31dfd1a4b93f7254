// A script that switches certificate checks off for its whole process.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // reports: no-global-tls-bypass
export const answer = await fetch('https://api.acme.com');
