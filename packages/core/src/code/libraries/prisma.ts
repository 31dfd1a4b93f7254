import { type Value, propertyOf } from '../../value.ts';
import type { Given, Library, Look } from './library.ts';

/**
 * Prisma's engine with its URL in code: `new PrismaClient({ datasources: { db: { url } } })`, `{ datasourceUrl }`, and
 * `datasource: { url }` of prisma.config. The client is generated where its user says, so the shape alone tells. Of `prisma:`
 * and of other databases nothing is known here.
 */
export const prisma: Library = {
  driver: 'prisma',
  modules: {},
  read: () => [],
  shape: { names: ['datasources', 'datasourceUrl', 'datasource'], read: configuration },
};

function configuration(object: Value, { textOf }: Look): readonly Given[] {
  const sources = propertyOf(object, 'datasources');
  const named = sources?.kind === 'object' ? sources.entries.map(({ value }) => propertyOf(value, 'url')) : [];
  return [...named, propertyOf(object, 'datasourceUrl'), propertyOf(propertyOf(object, 'datasource'), 'url')].flatMap((url) => {
    const text = url === undefined ? undefined : textOf(url);
    return text !== undefined && /^postgres(?:ql)?:/.test(text.text) ? [{ string: text, options: undefined }] : [];
  });
}
