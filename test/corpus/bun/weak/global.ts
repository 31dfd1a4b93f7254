// The global, without any import; nothing is said, so there is no TLS.
export const sql = new Bun.SQL('postgres://app:secret@db.acme.com/app'); // reports: require-sslmode
