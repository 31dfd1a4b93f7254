import type { Driver, Outcome } from '../drivers/driver.ts';
import { nameOf } from '../drivers/outcome.ts';
import { pgjdbc } from '../drivers/pgjdbc.ts';
import type { ParsedString } from '../settings/setting.ts';
import { propertyOf } from '../value.ts';
import { conflictsOf, parameterOf } from './by-name.ts';
import { asObject } from './settings.ts';

/*
 * Spring's data source over pgjdbc. Facts: spring-boot c329ffa (4.2)
 * module/spring-boot-jdbc/.../autoconfigure/DataSourceConfiguration.java: `url` goes to the pool as it is, Hikari unless told
 * otherwise; HikariCP 604d7d5 (6.0) util/DriverDataSource.java: `driver.connect(jdbcUrl, driverProperties)` with
 * data-source-properties; pgjdbc 42.7.13 Driver.java parseURL(): what the URL says is put over those.
 */

const HIKARI = 'HikariCP 6.0 com/zaxxer/hikari/util/DriverDataSource.java getConnection()';
const WINS = { place: 'string', text: 'what the URL says wins over data-source-properties', source: 'pgjdbc 42.7.13 Driver.java parseURL()' } as const;

/** Spring binds both spellings (relaxed binding). */
const PROPERTIES = ['data-source-properties', 'dataSourceProperties'];

const NO_URL: ParsedString = { form: 'jdbc', text: '', scheme: 'jdbc:postgresql', settings: [], problem: null, templates: [], open: false };

/** Spring Boot 2 to 4, with HikariCP, and any other pool that is given a JDBC URL alone. */
export const spring: Driver = {
  id: 'spring',
  sameAs: 'pgjdbc',
  title: 'Spring',
  versions: [{ label: '4', since: '2', released: true }],
  forms: ['jdbc'],
  commonFor: [],
  schemes: [],
  stringOption: 'url',
  packages: { maven: ['org.springframework.boot:spring-boot-starter-jdbc', 'org.springframework.boot:spring-boot-starter-data-jpa', 'org.springframework.boot:spring-boot-starter-data-jdbc'] },
  versionOf: () => undefined,
  samples: { ...pgjdbc.samples, options: { 'hikari.data-source-properties.sslmode': [undefined, ...(pgjdbc.samples.string.sslmode ?? [])] } },
  outcome(input): Outcome {
    const hikari = asObject(propertyOf(input.options, 'hikari'));
    const properties = PROPERTIES.flatMap((name) => asObject(propertyOf(hikari, name)).entries.flatMap(parameterOf));
    const string = input.string ?? NO_URL;
    const conflicts = conflictsOf(string.settings, properties, WINS);
    const settings = [...properties.filter((setting) => !conflicts.some((conflict) => conflict.setting === setting)), ...string.settings];
    const outcome = pgjdbc.outcome({ ...input, form: 'jdbc', string: { ...string, settings }, options: undefined }, newest(), {});
    if (outcome.kind === 'refuses') return outcome;
    // Right under `hikari` and beside `url` nothing about TLS is known to anybody.
    const lost = [input.options, hikari].flatMap((object) => asObject(object).entries.flatMap(parameterOf)).filter(({ name }) => /ssl|tls/i.test(name));
    const ignored = lost.map((setting) => ({ setting, harmless: true, text: `Spring hands on what stands in the URL or in hikari.data-source-properties, never a \`${nameOf(setting)}\` beside it`, source: HIKARI }));
    return { ...outcome, ignored: [...ignored, ...outcome.ignored], conflicts: [...conflicts, ...outcome.conflicts] };
  },
  spell: (mode, root, _, scheme) => pgjdbc.spell(mode, root, newest(), scheme),
};

function newest(): string {
  return pgjdbc.versions.findLast(({ released }) => released)?.label ?? '';
}
