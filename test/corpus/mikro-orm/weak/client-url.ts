// with: @mikro-orm/postgresql@7.2.1
// The parameters of `clientUrl` are lost.
import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({ clientUrl: 'postgresql://app@db.acme.com/app?sslmode=verify-full', entities: [] }); // reports: require-sslmode
