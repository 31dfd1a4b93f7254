// Real files with something broken in them: nothing is thrown, every place that is named lies in the text, what a fix makes
// can be read again, and fixing comes to an end.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFile, type Reading, type Span, type Suggestion } from '../../packages/core/src/index.ts';
import { presetPolicy } from '../../packages/core/src/project/index.ts';
import { property } from '../../packages/core/test/property.ts';
import { editBytes } from '../../packages/cli/src/fix/edits.ts';
import { kindOf } from '../../packages/cli/src/scan/kinds.ts';
import { decode } from '../../packages/cli/src/scan/read.ts';

interface Seed {
  readonly path: string;
  readonly text: string;
}

/** Files to begin with: the corpora of the scanner and of the plugin, by the kind that reads them. */
const SEEDS = new Map<string, Seed[]>();
for (const folder of ['../../packages/core/test/files/fixtures', '../corpus']) {
  const from = fileURLToPath(new URL(folder, import.meta.url));
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const kind = entry.isFile() && entry.name !== 'expected.txt' ? kindOf(file, true) : null;
    const decoded = kind === null ? null : decode(readFileSync(file));
    if (kind !== null && decoded?.kind === 'text') SEEDS.set(kind.id, [...(SEEDS.get(kind.id) ?? []), { path: relative(from, file), text: decoded.text }]);
  }
}

/** What breaks files: brackets and quotes without their others, line ends, marks, escapes, a lone surrogate, a zero byte. */
const PIECES = ['{', '}', '[', ']', '(', ')', '<', '>', '"', "'", '`', '\\', '/*', '*/', '#', '//', '--', '<!--', ':', '=', ',', ';', '&a', '*a', '${', '{{', '}}', '{%', '<%', '\n', '\r', '\r\n', '\n\n---\n', '\t', '\0', '\ud800', '\uFEFF', '\u2028', '😀', '%', '%00', '?sslmode=disable&', 'sslmode', 'postgres://', '@', 'EOF\n', '    '];

/** A place as a share of the text, so that it stays one when the text shrinks. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const edit = fc.oneof(
  fc.tuple(fc.constant('insert' as const), place, fc.constantFrom(...PIECES)),
  fc.tuple(fc.constant('delete' as const), place, fc.integer({ min: 1, max: 40 })),
  fc.tuple(fc.constant('repeat' as const), place, fc.integer({ min: 1, max: 200 })),
  fc.tuple(fc.constant('cut' as const), place, fc.constant(0)),
);

function mutated(text: string, edits: readonly (readonly [string, number, string | number])[]): string {
  return edits.reduce((now, [what, share, how]) => {
    const at = Math.floor(share * now.length);
    if (typeof how === 'string') return now.slice(0, at) + how + now.slice(at);
    return what === 'delete' ? now.slice(0, at) + now.slice(at + how) : what === 'repeat' ? now.slice(0, at + how) + now.slice(at) : now.slice(0, at);
  }, text);
}

const CONTEXT = { policy: presetPolicy('sslmode:strict'), evidence: [], localNames: [], today: '2026-11-24' };

function spansOf({ sites, bypasses, comments }: Reading): Span[] {
  const settings = [...sites.flatMap(({ members, environment }) => [...members, ...environment]), ...bypasses.map(({ setting }) => setting)];
  return [...sites.map(({ span }) => span), ...settings.flatMap(({ span, whole }) => [span, whole]), ...comments.map(({ span }) => span)];
}

/** As `--fix` makes it. */
function edited(text: string, { edits }: Suggestion): string {
  const bytes = editBytes(Buffer.from(text), text, edits.toSorted((a, b) => a.span.start - b.span.start));
  return Buffer.from(bytes ?? expect.fail('bytes and text differ')).toString();
}

describe('files of each kind with something broken in them', { timeout: 120_000 }, () => {
  it.for([...SEEDS])('%s', async ([, seeds]) => {
    const readers = await Promise.all(seeds.map(async ({ path }) => await kindOf(path, true)?.load()));
    property(fc.tuple(fc.nat({ max: seeds.length - 1 }), fc.array(edit, { maxLength: 4 })), ([which, edits]) => {
      const { path, text: sound } = seeds[which] ?? { path: '', text: '' };
      const text = mutated(sound, edits);
      const reading = readers[which]?.(path, text);
      if (reading === undefined) throw new Error(`nothing reads ${path}`);
      const { findings, connections } = checkFile(text, reading, { path, ...CONTEXT });
      const replaced = findings.flatMap(({ suggestions }) => suggestions.flatMap(({ edits: each }) => each.map(({ span }) => span)));
      for (const { start, end } of [...spansOf(reading), ...findings.map(({ span }) => span), ...connections.map(({ span }) => span), ...replaced]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }, 300);
  });
});

describe('fixing comes to an end', { timeout: 120_000 }, () => {
  it('for every suggestion in every file', async () => {
    let tried = 0;
    for (const { path, text: sound } of [...SEEDS.values()].flat()) {
      const read = await kindOf(path, true)?.load();
      const check = (text: string) => checkFile(text, read?.(path, text) ?? expect.fail(), { path, ...CONTEXT }).findings.filter(({ ignored }) => ignored === null);
      const weak = check(sound);
      for (const finding of weak) {
        for (const suggestion of finding.suggestions) {
          tried++;
          const text = edited(sound, suggestion);
          const left = check(text);
          // It cures what it was made for, and can be read as before. Where that is gone, its neighbour may have moved there.
          const neighbours = new Set(weak.flatMap(({ message }) => (message === finding.message ? [] : [message])));
          expect(left.filter(({ rule, key, span, message }) => rule === finding.rule && key === finding.key && span.start === finding.span.start && !neighbours.has(message)).map(({ message }) => message), `${path}: ${suggestion.message}`).toEqual([]);
          expect(left.length, `${path}: ${suggestion.message}`).toBeLessThanOrEqual(weak.length);
        }
      }
    }
    expect(tried).toBeGreaterThan(100);
  });
});
