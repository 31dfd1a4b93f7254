import { append } from '../append.ts';
import { item, openSequence, type OpenEntry, type OpenMap, type OpenNode } from '../tree/build.ts';

/** Blocks without labels that stand several times are a list: `env { name = …, value = … }`. */
export function gather(text: string, map: OpenMap, blocks: readonly OpenEntry[]): void {
  const byType = new Map<string, OpenEntry[]>();
  for (const block of blocks) {
    const all = byType.get(block.name) ?? [];
    all.push(block);
    byType.set(block.name, all);
  }
  const gathered = new Set<OpenEntry>();
  for (const all of byType.values()) {
    const [first, ...others] = all;
    if (first === undefined || (others.length === 0 && !isVariable(first.value))) continue;
    first.value = { ...openSequence(first.span.start), items: all.map(({ value, span }) => item(text, value, span)), span: { start: first.span.start, end: all.at(-1)?.span.end ?? first.span.end } };
    for (const other of others) gathered.add(other);
  }
  if (gathered.size === 0) return;
  const kept = map.entries.filter((own) => !gathered.has(own));
  map.entries.length = 0;
  append(map.entries, kept);
}

function isVariable(value: OpenNode): boolean {
  return value.kind === 'map' && value.entries.some(({ name }) => name === 'name') && value.entries.some(({ name }) => name === 'value' || name === 'value_from');
}
