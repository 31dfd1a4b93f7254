// Whatever is assigned becomes a text.
process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0; // reports: no-global-tls-bypass
