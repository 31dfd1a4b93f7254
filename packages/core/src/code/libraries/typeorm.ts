import { type Value, propertyOf } from '../../value.ts';
import { type Given, type Library, type Look, databaseOf, isNothing, stringOf } from './library.ts';

/** What nobody but TypeORM calls its settings; `type: 'postgres'` beside a host may be anything's. */
const TELLING = ['entities', 'synchronize', 'migrations', 'autoLoadEntities', 'migrationsRun', 'subscribers', 'migrationsTableName', 'dropSchema', 'namingStrategy'];

/**
 * TypeORM: `new DataSource(options)`, `createConnection(options)` (0.2, 0.3), Nest's `TypeOrmModule.forRoot(options)` and
 * `forRootAsync({ useFactory })`, and objects of that shape: ormconfig.js, `registerAs('database', () => ({ … }))`.
 */
export const typeorm: Library = {
  driver: 'typeorm',
  modules: {
    typeorm: ['DataSource', 'createConnection', 'Connection'],
    '@nestjs/typeorm': ['TypeOrmModule.forRoot', 'TypeOrmModule.forRootAsync'],
  },
  read([first, second], look, name): readonly Given[] {
    const useFactory = propertyOf(first?.value, 'useFactory');
    if (name.endsWith('forRootAsync')) return useFactory?.kind === 'function' ? configuration(useFactory.returns, look) : [];
    // Nest took a name before the options.
    return configuration((first?.text === undefined ? first : second)?.value, look);
  },
  shape: {
    names: ['type'],
    beside: TELLING,
    read: configuration,
  },
};

function configuration(options: Value | undefined, look: Look): readonly Given[] {
  if (options?.kind !== 'object' || databaseOf(options, 'type', look) !== 'postgres') return [];
  // aurora-postgres is spoken to over HTTPS.
  const type = propertyOf(options, 'type');
  if (type?.kind === 'literal' && type.value === 'aurora-postgres') return [];
  const replication = propertyOf(options, 'replication');
  if (isNothing(replication)) return [given(options, options, look)];
  const slaves = propertyOf(replication, 'slaves');
  const nodes = [propertyOf(replication, 'master'), ...(slaves?.kind === 'array' ? slaves.items : [])].flatMap((node) => (node?.kind === 'object' ? [node] : []));
  return nodes.map((node) => {
    const only: Value = { kind: 'object', entries: [{ name: 'master', value: node, span: node.span }], open: false, span: node.span };
    return given({ ...options, entries: [...options.entries, { name: 'replication', value: only, span: node.span }] }, node, look);
  });
}

/** `extra` is assigned over the rest. */
function given(options: Value, node: Value, look: Look): Given {
  const inExtra = propertyOf(propertyOf(options, 'extra'), 'connectionString');
  return { string: stringOf(isNothing(inExtra) ? propertyOf(node, 'url') : inExtra, look), options };
}
