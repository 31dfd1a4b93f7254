import { type Entry, type Value, entryOf, propertyOf } from '../../value.ts';
import { type Argument, type Given, type Library, type Look, databaseOf, isNothing, stringOf } from './library.ts';

/**
 * Sequelize: `new Sequelize(url, options)`, `new Sequelize(options)`, `new Sequelize(database, user, password, options)`
 * (sequelize 6.37.8 lib/sequelize.js), the environments of sequelize-cli's config/config.js, and Nest's SequelizeModule.
 */
export const sequelize: Library = {
  driver: 'sequelize',
  modules: {
    sequelize: ['', 'Sequelize'],
    'sequelize-typescript': ['Sequelize'],
    '@sequelize/core': ['Sequelize'],
    '@nestjs/sequelize': ['SequelizeModule.forRoot', 'SequelizeModule.forRootAsync'],
  },
  matters: (count) => (count > 2 ? [3] : [0, 1].slice(0, count)),
  read(args, look, name): readonly Given[] {
    const [first, second] = args;
    if (first === undefined) return [];
    if (name.endsWith('forRootAsync')) return configuration(factory(first.value), look);
    if (second === undefined) return first.value.kind === 'object' ? configuration(first.value, look) : ofUrl(first, undefined, look);
    return ofUrl(first, isNothing(second.value) ? undefined : second.value, look);
  },
  // `production: { ...shared, dialectOptions }`: the rest may be spread.
  shape: { names: ['dialect', 'dialectOptions'], beside: ['host', 'username', 'database', 'url', 'use_env_variable', 'dialectOptions', 'replication'], read: shaped },
};

/** What `useFactory` gives. */
function factory(options: Value): Value | undefined {
  const useFactory = propertyOf(options, 'useFactory');
  return useFactory?.kind === 'function' ? useFactory.returns : undefined;
}

/** The URL's scheme is the dialect, whatever the options say. Of one that is not seen, the options may tell. */
function ofUrl({ value, text }: Argument, options: Value | undefined, look: Look): readonly Given[] {
  if (text !== undefined) return /^(?:postgres|\$\{)/.test(text.text) && !isOther(options, look) ? [{ string: text, options }] : [];
  if (value.kind !== 'hidden') return [];
  const says = databaseOf(options, 'dialect', look);
  const isPostgres = says === 'postgres' || (says === 'unsaid' && (isRecipe(options) || look.isAboutPostgres || /PG|POSTGRES/i.test(value.name ?? '')));
  return isPostgres ? [{ string: 'hidden', options }] : [];
}

function isOther(options: Value | undefined, look: Look): boolean {
  return databaseOf(options, 'dialect', look) === 'other';
}

/** `dialectOptions: { ssl: { require: true, … } }`: what Heroku's users write for PostgreSQL alone. */
function isRecipe(options: Value | undefined): boolean {
  return entryOf(propertyOf(propertyOf(options, 'dialectOptions'), 'ssl'), 'require') !== undefined;
}

function configuration(options: Value | undefined, look: Look): readonly Given[] {
  if (options?.kind !== 'object') return [];
  const says = databaseOf(options, 'dialect', look);
  // `new Sequelize({ ...config, dialectOptions })`: what is spread may say it.
  if (says !== 'postgres' && !(says === 'unsaid' && options.open && look.isAboutPostgres)) return [];
  const nodes = nodesOf(propertyOf(options, 'replication'));
  if (nodes.length === 0) return [given(options, look)];
  // Each pool has the node's settings over the others (lib/dialects/abstract/connection-manager.js: _.defaults(_.omit(…))).
  return nodes.map((node) => given({ ...options, entries: [...options.entries, ...node], open: options.open }, look));
}

function nodesOf(replication: Value | undefined): readonly (readonly Entry[])[] {
  const read = propertyOf(replication, 'read');
  const all = [propertyOf(replication, 'write'), ...(read?.kind === 'array' ? read.items : [])];
  return all.flatMap((node) => (node?.kind === 'object' && !node.open ? [node.entries] : []));
}

/** `url` is Sequelize 7's, and sequelize-cli's as `use_env_variable` is. */
function given(options: Value, look: Look): Given {
  const url = propertyOf(options, 'url');
  const variable = propertyOf(options, 'use_env_variable');
  return { string: isNothing(url) && !isNothing(variable) ? 'hidden' : stringOf(url, look), options };
}

function shaped(object: Value, look: Look): readonly Given[] {
  // `{ dialect: 'postgresql', dbCredentials }` is drizzle-kit's.
  return entryOf(object, 'dbCredentials') === undefined ? configuration(object, look) : [];
}
