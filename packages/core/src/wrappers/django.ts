import { byName } from './by-name.ts';

/*
 * Django over psycopg. Facts: Django 5.2.17 db/backends/postgresql/base.py get_connection_params(): OPTIONS become arguments
 * of psycopg.connect(), and with them what stands beside is NAME, USER, PASSWORD, HOST and PORT alone. URLs come in through
 * dj-database-url 3.1.2 dj_database_url/__init__.py parse(), which makes OPTIONS of the query (`ssl_require=True` then
 * assigns sslmode=require, over a stronger one in the URL too), or django-environ, which does the same.
 */

const PARAMS = 'Django 5.2.17 db/backends/postgresql/base.py get_connection_params()';

/** Django 1 and later: it has never read anything else. */
export const django = byName({
  id: 'django',
  title: 'Django',
  partsIn: 'settings.py',
  versions: [{ label: '5', since: '1', released: true }],
  packages: { pypi: ['django'] },
  versionOf: (packages) => (packages.django === undefined ? undefined : '5'),
  parametersIn: 'OPTIONS',
  places: { NAME: 'dbname', USER: 'user', PASSWORD: 'password', HOST: 'host', PORT: 'port' },
  drops: () => undefined,
  dropsEmpty: true,
  wins: { place: 'options', text: 'Django reads OPTIONS, and what a URL says is but put in there', source: PARAMS },
  inCode: (parameters) => `'OPTIONS': {${parameters.map(([name, value]) => `'${name}': '${value}'`).join(', ')}}`,
});
