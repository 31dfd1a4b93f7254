import { expect, it } from 'vitest';
import { findStrings } from '../../src/files/strings.ts';
import { parseString } from '../../src/settings/index.ts';
import { MappedText } from '../../src/text.ts';

function found(text: string): readonly string[] {
  return findStrings(MappedText.verbatim(text, 0, text.length)).map((string) => string.text.text);
}

it.for(["host=h password='a\nB' dbname=app", "host=h password='it\\'s\n\nB' sslmode=require", "host=h\npassword = 'a\nB'\ndbname=app"])('%j is one string, line breaks in its password and all', (text) => {
  expect(found(text)).toEqual([text]);
  expect(parseString(text)?.problem).toBeNull();
});

it.for(["host=h it's\nno user's dbname=app", "echo='a\nb'\nrm -rf /"])('%j is none', (text) => {
  expect(found(text)).toEqual([]);
});

/** Quadratic, this would take minutes. */
it.for(["='\\'", "='a", "=' ", '=     '])('takes many of %j in a row', (piece) => {
  expect(found(`host${piece.repeat(100_000)}`)).toEqual([]);
});
