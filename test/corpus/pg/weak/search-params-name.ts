// The parameters of a URL under a name of their own.
import { Client } from 'pg';
const url = new URL('postgres://app:secret@db.acme.com/app');
const { searchParams } = url;
searchParams.set('application_name', 'app');
searchParams.set('sslmode', 'disable'); // reports: no-plaintext
export const client = new Client({ connectionString: url.href });
