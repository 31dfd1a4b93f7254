import { describe, expect, it } from 'vitest';
import { LIBPQ_CLIENTS } from '../../src/drivers/libpq-clients.ts';
import { verdictOf } from './verdict.ts';

describe('what hands its settings to libpq', () => {
  const strings = ['host=h dbname=d', 'host=h dbname=d sslmode=require', 'host=h dbname=d sslmode=verify-full', 'host=h dbname=d sslmode=typo', 'PGHOST=h PGSSLMODE=require'];
  it.for(LIBPQ_CLIENTS)('$id does what libpq does', ({ id }) => {
    for (const string of strings) expect(verdictOf(string, id)).toBe(verdictOf(string, 'libpq'));
  });

  // ruby-pg 1.4.5 lib/pg/connection.rb connect_to_hosts(): conndefaults are merged in. Measured (test/lab).
  it.for([
    ['host=h sslrootcert=system', 'error'],
    ['host=h sslrootcert=system sslmode=verify-full', 'verify-full'],
    ['postgres://h/d?sslrootcert=system&sslmode=require', 'error'],
    ['host=h sslrootcert=ca.pem', 'prefer'],
  ] as const)('%s with ruby-pg is %s', ([string, expected]) => {
    expect(verdictOf(string, 'ruby-pg')).toBe(expected);
  });

  // SQLAlchemy 2.0 dialects/postgresql/psycopg2.py create_connect_args(): the query becomes keywords.
  it.for([
    ['postgresql+psycopg2://u:p@h/d', 'psycopg2', 'prefer'],
    ['postgresql+psycopg2://u:p@h/d?sslmode=verify-full', 'psycopg2', 'verify-full needs root'],
    ['postgresql+psycopg://u:p@h/d?sslmode=require', 'psycopg', 'require'],
    ['postgresql://u:p@h/d?ssl=true', 'psycopg2', 'require'],
    ['postgresql+psycopg2://u:p@h/d?ssl=true', 'psycopg2', 'error'],
    ['postgresql+psycopg2://u:p@h/d', 'libpq', 'error'],
  ] as const)('%s with %s is %s', ([string, driver, expected]) => {
    expect(verdictOf(string, driver)).toBe(expected);
  });
});
