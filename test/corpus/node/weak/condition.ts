// Under a condition it is off all the same.
if (process.env.NODE_ENV === 'development') {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // reports: no-global-tls-bypass
}
process.env.NODE_TLS_REJECT_UNAUTHORIZED ??= process.env.CI ? '0' : '1'; // reports: no-global-tls-bypass
