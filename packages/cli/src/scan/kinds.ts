import { type FileKind, kindOf as textKindOf, mayHold as textMayHold, mayHoldCode } from '@sslmode/core/files';

/** What is read here and not by core: its parser is native. Declarations and minified bundles hold nothing that anyone wrote. */
const javascript: FileKind = {
  id: 'javascript',
  matches: (name) => /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$|[.-]min\.[cm]?js$/.test(name),
  async load() {
    return (await import('./javascript.ts')).readJavaScript;
  },
};

/** Samples in documentation connect to nothing, so nobody is troubled with them who does not ask. */
const markdown: FileKind = {
  id: 'markdown',
  matches: (name) => /\.(?:md|mdx|markdown)$/.test(name),
  async load() {
    const [{ readFileSync, readMarkdown }, { readJavaScript }] = await Promise.all([import('@sslmode/core/files/sync'), import('./javascript.ts')]);
    return (_path, text) => readMarkdown(text, (name, code) => (javascript.matches(name, '') ? readJavaScript(name, code) : textKindOf(name) === null ? null : readFileSync(name, code)));
  },
};

let last: { readonly path: string; readonly kind: FileKind | null } = { path: '', kind: null };

/** The kind of a file, by its name alone; `null` for files that hold nothing of ours, and for Markdown unless it is wanted. */
export function kindOf(path: string, wantsMarkdown = false): FileKind | null {
  // Who lists a file, who reads it and who judges it ask one after the other.
  if (path !== last.path) {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    last = { path, kind: textKindOf(path) ?? [javascript, markdown].find((kind) => kind.matches(name, '')) ?? null };
  }
  return last.kind === markdown && !wantsMarkdown ? null : last.kind;
}

/** Whether a file's bytes can hold anything: the filter before decoding. Never a miss. */
export function mayHold(kind: FileKind, bytes: Uint8Array): boolean {
  const code = (): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (kind === javascript) return mayHoldCode(code());
  return textMayHold(bytes, kind) || (kind === markdown && mayHoldCode(code()));
}
