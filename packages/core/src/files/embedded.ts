import type { Reading } from '../site.ts';
import { LineIndex, MappedText, MappedTextBuilder, type Span } from '../text.ts';

/** What a language is called where code of it stands in another file (Markdown's fences, a notebook's kernel), and a file's name of that kind. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  ...{ python: 'x.py', python3: 'x.py', ipython: 'x.py', ruby: 'x.rb', rust: 'x.rs', golang: 'x.go', kotlin: 'x.kt', csharp: 'x.cs', 'c#': 'x.cs', fsharp: 'x.fs', elixir: 'x.ex', perl: 'x.pl', haskell: 'x.hs' },
  ...{ clojure: 'x.clj', 'c++': 'x.cpp', postgresql: 'x.sql', psql: 'x.sql', powershell: 'x.ps1', javascript: 'x.js', typescript: 'x.ts', jsx: 'x.jsx', terraform: 'x.tf' },
  ...{ shell: 'x.sh', console: 'x.sh', terminal: 'x.sh', shellsession: 'x.sh', 'shell-session': 'x.sh', 'sh-session': 'x.sh' },
  ...{ env: '.env', dotenv: '.env', dockerfile: 'Dockerfile', docker: 'Dockerfile', makefile: 'Makefile', make: 'Makefile', procfile: 'Procfile', systemd: 'x.service', service: 'x.service' },
};

/** A file's name for code of a language. */
export function fileNameOf(language: string): string {
  const name = language.toLowerCase();
  return Object.hasOwn(FILE_NAMES, name) ? (FILE_NAMES[name] ?? '') : `x.${name}`;
}

/** What was read in a text that stands in another one, with every place where it stands there. */
export function placedIn(reading: Reading, text: MappedText, outer: LineIndex): Reading {
  const inner = new LineIndex(text.text);
  const lineOf = (line: number): number => outer.position(text.toSource({ start: inner.startOf(line), end: inner.startOf(line) }).start).line;
  const { written } = reading;
  return {
    ...placed(reading, text, lineOf, new Map()),
    ...(written !== undefined && { written: (put: string, at: number) => written(put, text.fromSource({ start: at, end: at }).start) }),
  };
}

/** All that says where something stands in a reading is a span, a text with its map, or a line. */
function placed<T>(value: T, text: MappedText, lineOf: (line: number) => number, done: Map<unknown, unknown>): T {
  if (typeof value !== 'object' || value === null) return value;
  const known = done.get(value);
  if (known !== undefined) return known as T;
  const again = (part: unknown): unknown => placed(part, text, lineOf, done);
  const result = isSpan(value) ? text.toSource(value)
    : value instanceof MappedText ? placedText(value, text)
    : Array.isArray(value) ? value.map(again)
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === 'line' && typeof part === 'number' ? lineOf(part) : again(part)]));
  done.set(value, result);
  return result as T;
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && Object.keys(value).length === 2;
}

function placedText(value: MappedText, text: MappedText): MappedText {
  const builder = new MappedTextBuilder();
  for (const { at, length, source, whole } of value.segments(0, value.text.length)) {
    const isExact = whole !== true && source.end - source.start === length;
    if (isExact) builder.addPart(text, source.start, source.end);
    else builder.add(value.text.slice(at, at + length), text.toSource(source), true);
  }
  return builder.build(text.toSource(value.span).start);
}
