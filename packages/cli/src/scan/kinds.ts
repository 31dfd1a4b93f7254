import { mayHoldCode } from '@sslmode/core/code';
import { type FileKind, kindOf as textKindOf, mayHold as textMayHold } from '@sslmode/core/files';

/** What is read here and not by core: its parser is native. Declarations and minified bundles hold nothing that anyone wrote. */
const javascript: FileKind = {
  id: 'javascript',
  matches: (name) => /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$|[.-]min\.[cm]?js$/.test(name),
  async load() {
    return (await import('./javascript.ts')).readJavaScript;
  },
};

let last: { readonly path: string; readonly kind: FileKind | null } = { path: '', kind: null };

/** The kind of a file, by its name alone; `null` for files that hold nothing of ours. */
export function kindOf(path: string): FileKind | null {
  // Who lists a file, who reads it and who judges it ask one after the other.
  if (path === last.path) return last.kind;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const kind = textKindOf(path) ?? (javascript.matches(name) ? javascript : null);
  last = { path, kind };
  return kind;
}

/** Whether a file's bytes can hold anything: the filter before decoding. Never a miss. */
export function mayHold(kind: FileKind, bytes: Uint8Array): boolean {
  return kind === javascript ? mayHoldCode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')) : textMayHold(bytes, kind);
}
