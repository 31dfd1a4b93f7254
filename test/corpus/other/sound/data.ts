// Data in the shape of settings: a list of what can be chosen, a form's values, a spec of an image.
export const DATABASES = [
  { type: 'postgres', label: 'PostgreSQL', icon: 'pg.svg' },
  { dialect: 'postgres', name: 'PostgreSQL', port: 5432 },
  { client: 'pg', version: '8' },
  { driver: 'postgres', entities: 3 },
];
export const container = { type: 'postgres', image: 'postgres:17', env: { POSTGRES_PASSWORD: 'x' } };
