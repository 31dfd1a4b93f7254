import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFile } from '../../src/files/index.ts';
import { readFileSync as readSync } from '../../src/files/sync.ts';
import type { Reading } from '../../src/site.ts';
import { LineIndex, type Span } from '../../src/text.ts';

/** A reading in words for people: what a reviewer of a changed expectation wants to see. */
function describeReading(text: string, reading: Reading): string {
  const lines = new LineIndex(text);
  const at = ({ start, end }: Span): string => {
    const from = lines.position(start);
    const to = lines.position(end);
    return `${from.line}:${from.column}-${to.line}:${to.column} ${JSON.stringify(text.slice(start, end))}`;
  };
  const sites = reading.sites.flatMap((site) => [
    `${site.form} ${site.key ?? '-'}${site.unparsed ? ' (unparsed)' : ''}${site.hints.length > 0 ? ` hints: ${site.hints.join(', ')}` : ''}`,
    `  at ${at(site.span)}`,
    ...(site.string === null ? [] : [`  string ${site.string === 'hidden' ? 'hidden' : JSON.stringify(site.string.text)}`]),
    ...[...site.members, ...site.environment].flatMap((setting) => [
      `  ${setting.place} ${setting.name} (${setting.key}) = ${setting.value === null ? 'hidden' : JSON.stringify(setting.value)} at ${at(setting.span)}`,
      `    whole ${at(setting.whole)}`,
    ]),
  ]);
  return [
    ...sites,
    ...reading.bypasses.map(({ key, setting }) => `bypass ${key ?? '-'} at ${at(setting.span)}`),
    ...reading.comments.flatMap((comment) => [`comment ${JSON.stringify(comment.text)}${comment.trailing ? ' trailing' : ''} at ${at(comment.span)}`, `  covers ${at(comment.covers)}`]),
    ...reading.problems.map(({ line, message }) => `problem ${line}: ${message}`),
    ...(reading.localNames.length > 0 ? [`local names: ${reading.localNames.join(', ')}`] : []),
    '',
  ].join('\n');
}

const fixtures = join(import.meta.dirname, 'fixtures');
const cases = readdirSync(fixtures).flatMap((kind) =>
  readdirSync(join(fixtures, kind)).map((name) => {
    const folder = join(fixtures, kind, name);
    const file = readdirSync(folder).find((entry) => entry !== 'expected.txt') ?? '';
    return { name: `${kind}/${name}`, folder, file };
  }),
);

describe('fixtures', () => {
  it.for(cases)('reads $name', async ({ folder, file }) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const reading = await readFile(file, text);
    await expect(describeReading(text, reading)).toMatchFileSnapshot(join(folder, 'expected.txt'));
    expect(describeReading(text, readSync(file, text))).toBe(describeReading(text, reading));
  });
});
