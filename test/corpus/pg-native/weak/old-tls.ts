// libpq is told to take TLS 1.0.
import Native from 'pg-native';
export const client = new Native();
client.connectSync('host=db.acme.com dbname=app sslmode=verify-full sslrootcert=system ssl_min_protocol_version=TLSv1'); // reports: no-weak-tls-version
