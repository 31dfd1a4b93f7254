import { expect, it } from 'vitest';
import { readFile } from '../../src/files/index.ts';

it.for([
  ['a server image runs psql and pg_dump', 'postgres:18', ['libpq']],
  ['from a registry', 'registry.example.com/library/postgres@sha256:0', ['libpq']],
  ['with an extension', 'postgis/postgis:17-3.5', ['libpq']],
  ['an exporter is no server', 'quay.io/prometheuscommunity/postgres-exporter:v0.17.1', ['lib-pq']],
  ['an application', 'acme/api', []],
] as const)('image: %s', async ([, image, hints]) => {
  const { sites } = await readFile('compose.yaml', `services:\n  job:\n    image: ${image}\n    environment:\n      PGHOST: db.example.com\n      PGSSLMODE: prefer\n`);
  expect(sites.map((site) => site.hints)).toEqual([hints]);
});
