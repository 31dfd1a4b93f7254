import type { Refuses, Settings } from '../drivers/driver.ts';
import { nodePostgres } from '../drivers/node-postgres.ts';
import { optionSetting, refuses } from '../drivers/outcome.ts';
import { labelOf } from '../drivers/versions.ts';
import type { ParsedString } from '../settings/setting.ts';
import { type Entry, entryOf } from '../value.ts';
import { NO_STRING, type ObjectValue, asObject, assigned, isWritten, objectAt, picked, stringIn, unread } from './settings.ts';
import { type Reached, asDriver } from './wrapper.ts';

/*
 * Sequelize over node-postgres. Facts: sequelize 6.37.8 lib/sequelize.js constructor() and
 * lib/dialects/postgres/connection-manager.js connect(); @sequelize/core 7.0.0-alpha.48 lib/utils/connection-options.js and
 * @sequelize/postgres 7.0.0-alpha.48 lib/_internal/connection-options.js. All were run, with pg's Client shown what it got.
 */

const CONNECT = 'sequelize 6.37.8 lib/dialects/postgres/connection-manager.js connect()';
const URL_7 = '@sequelize/core 7.0.0-alpha.48 lib/utils/connection-options.js parseCommonConnectionUrlOptions()';
const OPTIONS_7 = '@sequelize/core 7.0.0-alpha.48 lib/sequelize-typescript.js: "options are not recognized"';

const PLACES = { host: 'host', port: 'port', database: 'database', username: 'user', user: 'user', password: 'password' };

/** `new Sequelize(url, options)`, `new Sequelize(options)`, `new Sequelize(database, user, password, options)`. */
function six(given: Settings): Reached {
  const options = asObject(given.options);
  const dialectOptions = objectAt(options, 'dialectOptions');
  // A URL's `ssl` and sslmode are assigned over dialectOptions (Object.assign(options.dialectOptions, pgConnectionString.parse(url))): as in pg itself.
  const reaching = assigned(picked(options, PLACES), picked(dialectOptions, { ssl: 'ssl' }));
  return {
    ...given,
    options: given.options === undefined ? undefined : reaching,
    ignored: [
      ...unread(options, '', [], (name) => `Sequelize 6 gives pg the \`ssl\` in \`dialectOptions\` alone, never a \`${name}\` beside it`, CONNECT),
      ...unread(dialectOptions, 'dialectOptions', ['ssl'], (name) => `Sequelize 6 gives pg no \`${name}\` of \`dialectOptions\`, only \`ssl\``, CONNECT),
    ],
  };
}

/** Flat options, `url` among them; options win over it. */
function seven(given: Settings): Reached {
  const options = asObject(given.options);
  const inOptions = stringIn(entryOf(options, 'url')?.value);
  const { string, stringHidden, toSource } = given.string === null && !given.stringHidden ? inOptions : given;
  const fromUrl: Entry[] = [];
  const parameter = string?.settings.find(({ name }) => name === 'ssl');
  if (parameter !== undefined && (parameter.value === 'true' || parameter.value === 'false')) {
    const span = toSource(parameter.span);
    fromUrl.push({ name: 'ssl', value: { kind: 'literal', value: parameter.value === 'true', span }, span, whole: toSource(parameter.whole) });
  }
  const url: ObjectValue = { kind: 'object', entries: fromUrl, open: stringHidden, span: options.span };
  const refused = refusedInUrl(string, toSource) ?? refusedOption(options);
  return { ...NO_STRING, options: assigned(url, picked(options, { ...PLACES, ssl: 'ssl' })), ...(refused === undefined ? {} : { refuses: refused }) };
}

function refusedInUrl(string: ParsedString | null, toSource: Settings['toSource']): Refuses | undefined {
  const setting = string?.settings.find(({ name, value }) => /ssl|tls|uselibpqcompat|channel_binding/i.test(name) && !(name === 'ssl' && /^(?:true|false)$/.test(value ?? 'true')));
  if (setting === undefined) return undefined;
  return refuses('tls', { text: 'Sequelize 7 takes no TLS setting from a URL but `ssl=true` and `ssl=false`', source: URL_7, setting: { ...setting, span: toSource(setting.span), whole: toSource(setting.whole) } });
}

function refusedOption(options: ObjectValue): Refuses | undefined {
  const entry = options.entries.find(({ name, value }) => /^(?:dialectOptions|sslmode|sslrootcert)$/.test(name) && isWritten(value));
  if (entry === undefined) return undefined;
  return refuses('tls', { text: `Sequelize 7 throws on \`${entry.name}\`: \`ssl\` stands at the top of its options`, source: OPTIONS_7, setting: optionSetting(entry.name, entry) });
}

const VERSIONS = [{ label: '6', since: '5', released: true }, { label: '7', released: false }];

/** Sequelize 6, and 7 as its alphas have it. */
export const sequelize = asDriver({
  id: 'sequelize',
  title: 'Sequelize',
  versions: VERSIONS,
  packages: { npm: ['sequelize', '@sequelize/postgres', '@sequelize/core'] },
  versionOf: (packages) => labelOf(VERSIONS, packages.sequelize ?? packages['@sequelize/postgres'] ?? packages['@sequelize/core'] ?? ''),
  samples: { ssl: nodePostgres.samples.options.ssl ?? [], 'dialectOptions.ssl': nodePostgres.samples.options.ssl ?? [], 'dialectOptions.sslmode': ['require'] },
  unwrap: (given, version) => (version === '7' ? seven(given) : six(given)),
  nest: (ssl, version) => (version === '7' ? ssl : `dialectOptions: { ${ssl} }`),
});
