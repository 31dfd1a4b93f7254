/**
 * What several shards say together. What more than one says is one thing (a broken manifest that files of both depend
 * on), unless one of them says it several times itself.
 */
export function union<T>(lists: readonly (readonly T[])[]): T[] {
  const counts = new Map<string, { readonly item: T; count: number }>();
  for (const list of lists) {
    const own = new Map<string, number>();
    for (const item of list) {
      const id = JSON.stringify(item);
      const count = (own.get(id) ?? 0) + 1;
      own.set(id, count);
      const known = counts.get(id);
      if (known === undefined) counts.set(id, { item, count });
      else known.count = Math.max(known.count, count);
    }
  }
  return [...counts.values()].flatMap(({ item, count }) => Array.from({ length: count }, () => item));
}

/** Any object that JSON can hold. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none where it is no list. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
