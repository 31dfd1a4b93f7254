/** A finding that is accepted. Only `fingerprint` counts; the rest tells people what it is. Nothing in it is raw. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Relative to the project root, with `/`. */
  readonly file: string;
  readonly key: string | null;
}

/** A baseline that was read, each entry with its line; or why it could not be. */
export type ParsedBaseline =
  | { readonly ok: true; readonly entries: readonly (BaselineEntry & { readonly line: number })[] }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** An entry a line, sorted by fingerprint: two branches that add or remove some seldom touch the same line (docs/schemas/baseline.schema.json). */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [...entries]
    .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1))
    .map(({ fingerprint, rule, file, key }) => `    ${JSON.stringify({ fingerprint, rule, file, key })}`);
  return `{\n  "schemaVersion": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** Reads a baseline; what a merge of two leaves (repeated entries, a comma after the last) is no error. */
export function parseBaseline(text: string): ParsedBaseline {
  const lines = text.split('\n');
  const conflict = lines.findIndex((line) => /^(?:<{7}|={7}|>{7})/.test(line));
  if (conflict >= 0) return { ok: false, line: conflict + 1, message: 'a merge conflict is not resolved: keep the lines of both sides, without the markers' };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, '').replace(/,(\s*\n\s*\])/, '$1'));
  } catch {
    return { ok: false, line: 1, message: 'not valid JSON' };
  }
  if (!isObject(value) || !Array.isArray(value.findings)) return { ok: false, line: 1, message: 'not a baseline: it has no `findings`' };
  if (value.schemaVersion !== 1) return { ok: false, line: 1, message: 'a baseline of a version that this sslmode does not know' };
  const entries = new Map<string, BaselineEntry & { line: number }>();
  for (const entry of value.findings as unknown[]) {
    if (!isObject(entry) || typeof entry.fingerprint !== 'string' || typeof entry.rule !== 'string' || typeof entry.file !== 'string') {
      return { ok: false, line: 1, message: 'an entry lacks its `fingerprint`, `rule` or `file`' };
    }
    const { fingerprint, rule, file, key } = entry;
    const line = lines.findIndex((each) => each.includes(fingerprint)) + 1;
    entries.set(fingerprint, { fingerprint, rule, file, key: typeof key === 'string' ? key : null, line: Math.max(1, line) });
  }
  return { ok: true, entries: [...entries.values()] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
