import type { Variable } from './scope.ts';
import { wordsOf } from './group.ts';

/*
 * Properties that a pool hands to the driver beside the URL: HikariCP 6.0 util/DriverDataSource.java
 * (`driver.connect(jdbcUrl, driverProperties)`), as Spring Boot binds them (spring.datasource.hikari.data-source-properties),
 * and Quarkus' Agroal (quarkus.io/guides/datasource, additional-jdbc-properties).
 */

const POOL = /^(.*?)(?:_(?:HIKARI|TOMCAT|DBCP2|JDBC))?_(?:DATA_SOURCE|DATASOURCE|ADDITIONAL_JDBC|CONNECTION)_PROPERTIES_([A-Z_]+)$/;

/** Names of maps that hold such properties, and of the maps that hold only those. */
export const PROPERTIES_MAP = /^(?:data-?source-?properties|additional-jdbc-properties)$/i;
export const POOL_MAP = /^(?:hikari|tomcat|dbcp2)$/i;

interface PoolProperty {
  readonly variable: Variable;
  /** As the driver calls it. */
  readonly name: string;
}

/** The properties about TLS, by the words of what they are properties of. */
export function poolProperties(variables: readonly Variable[]): ReadonlyMap<string, readonly PoolProperty[]> {
  const found = new Map<string, PoolProperty[]>();
  for (const variable of variables) {
    if (!/properties/i.test(variable.path) || !/ssl/i.test(variable.name)) continue;
    const [, of = '', name = ''] = POOL.exec(wordsOf(variable.path.slice(-200)).join('_')) ?? [];
    // Case counts to pgjdbc; a variable has none, and the names that matter are in lower case.
    const last = /[^.\]]+$/.exec(variable.path)?.[0] ?? '';
    if (of !== '' && name !== '') found.set(of, [...(found.get(of) ?? []), { variable, name: last === last.toUpperCase() || !/^ssl/i.test(last) ? name.toLowerCase() : last }]);
  }
  return found;
}

/** What the URL at this path is the URL of, in the same words. */
export function baseOf(path: string): string {
  return wordsOf(path.slice(-200)).join('_').replace(/_(?:JDBC_)?(?:URL|URI)$/, '').replace(/_HIKARI$/, '');
}
