import { asyncpg } from '../drivers/asyncpg.ts';
import type { Driver, DriverInput, Outcome, Spelling } from '../drivers/driver.ts';
import { refuses } from '../drivers/outcome.ts';
import { pg8000 } from '../drivers/pg8000.ts';
import { repeatedParameter } from '../drivers/sqlalchemy-url.ts';
import { compareVersions, labelOf } from '../drivers/versions.ts';
import { propertyOf } from '../value.ts';
import { byName } from './by-name.ts';

/*
 * SQLAlchemy over psycopg2, psycopg (what `postgresql://` means from 2.1 on), asyncpg or pg8000, by the scheme. Facts:
 * SQLAlchemy 2.1.1 dialects/postgresql/_psycopg_common.py create_connect_args(), the same in asyncpg.py and pg8000.py: the
 * query becomes arguments of the driver's connect(); engine/create.py create_engine(): connect_args are assigned over
 * them; `postgres://` is gone since 1.4.
 */

const CREATE = 'SQLAlchemy 2.1.1 engine/create.py create_engine()';
const DIALECTS = 'SQLAlchemy 1.4 dialects: the name postgres was removed';

const VERSIONS = [{ label: '1.3', since: '0.6', released: true }, { label: '2', since: '1.4', released: true }];

/** Drivers that are not libpq's. */
const OTHERS: readonly Driver[] = [asyncpg, pg8000];

function before(input: DriverInput, version: string): { outcome: Outcome } | { input: DriverInput; ignored: [] } {
  const scheme = input.string?.scheme ?? null;
  if (input.string !== null && input.form === 'keyword-value') return { outcome: refuses('other', { text: 'SQLAlchemy takes only URLs', source: CREATE }) };
  if (scheme === 'postgres' && compareVersions(version, '1.4') >= 0) {
    return { outcome: refuses('other', { text: 'SQLAlchemy takes no URL that begins with postgres:// since 1.4, write postgresql://', source: DIALECTS }) };
  }
  const repeated = repeatedParameter(input.string);
  if (repeated !== undefined) return { outcome: repeated };
  const other = otherOf(scheme);
  if (other === undefined) return { input, ignored: [] };
  return { outcome: other.driver.outcome({ ...input, options: propertyOf(input.options, 'connect_args') }, other.version, {}) };
}

/** The driver that a scheme names, where it is not libpq's. */
function otherOf(scheme: string | null | undefined): { readonly driver: Driver; readonly version: string } | undefined {
  const driver = OTHERS.find(({ schemes }) => scheme != null && schemes.includes(scheme));
  return driver === undefined ? undefined : { driver, version: driver.versions.findLast(({ released }) => released)?.label ?? '' };
}

/** What an argument of such a driver is in connect_args. */
function inConnectArgs(spelling: Spelling): Spelling {
  const [, name, value] = /^(\w+)(?:=|: )(.+)$/.exec(spelling.options ?? '') ?? [];
  if (name === undefined || value === undefined) return spelling;
  return { ...spelling, options: `connect_args={"${name}": ${value}}`, condition: spelling.string === null ? null : spelling.condition, optionsAlone: true };
}

const overLibpq = byName({
  id: 'sqlalchemy',
  title: 'SQLAlchemy',
  versions: VERSIONS,
  packages: { pypi: ['sqlalchemy', 'sqlmodel', 'flask-sqlalchemy', 'alembic'] },
  versionOf: (packages) => labelOf(VERSIONS, packages.sqlalchemy ?? '2'),
  refusesSchemes: ['postgres'],
  parametersIn: 'connect_args',
  places: {},
  drops: () => undefined,
  dropsEmpty: true,
  before: (input, version) => before(input, version === '2' ? '1.4' : version),
  wins: { place: 'options', text: 'SQLAlchemy assigns connect_args over the parameters of the URL', source: CREATE },
  inCode: (parameters) => `connect_args={${parameters.map(([name, value]) => `"${name}": "${value}"`).join(', ')}}`,
});

/** SQLAlchemy, and what makes its engines: SQLModel, Flask-SQLAlchemy, Alembic. */
export const sqlalchemy: Driver = {
  ...overLibpq,
  spell(mode, root, version, scheme): Spelling {
    const other = otherOf(scheme);
    return other === undefined ? overLibpq.spell(mode, root, version) : inConnectArgs(other.driver.spell(mode, root, other.version, scheme));
  },
};
