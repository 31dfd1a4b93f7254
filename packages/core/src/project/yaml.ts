import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { DataPath, ParsedData } from '../json.ts';

/**
 * Reads YAML (1.2, core schema), keeping where things stand. In a module of its own, for it loads a library: only who
 * meets a policy in YAML needs it.
 */
export function parseYaml(text: string): ParsedData {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
    const [error] = document.errors;
    // By its code alone: the message quotes the text.
    if (error !== undefined) return { ok: false, message: `not valid YAML (${error.code.toLowerCase().replaceAll('_', ' ')})`, line: lines.linePos(error.pos[0]).line };
    const twice = duplicateKey(document);
    if (twice !== undefined) return { ok: false, message: 'not valid YAML (duplicate key)', line: lines.linePos(twice).line };
    const root = document.contents;
    return { ok: true, value: document.toJS(), lineOf: (path) => lines.linePos(offsetOf(root, path)).line };
  } catch {
    // Too many aliases, or too deep for the library.
    return { ok: false, message: 'not YAML that can be read safely', line: 1 };
  }
}

/** Offset of the first key that its map has already. The library's own check takes quadratic time. */
function duplicateKey(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          offset = startOf(key);
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return offset;
}

/** Where the key or item at a path begins, or the nearest above it that there is. */
function offsetOf(root: unknown, path: DataPath): number {
  let node = root;
  let offset = isNode(root) ? startOf(root) : 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = startOf(pair.key);
      node = pair.value;
    } else {
      node = node.items[Number(step)];
      if (isNode(node)) offset = startOf(node);
    }
  }
  return offset;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
