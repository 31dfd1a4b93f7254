import { describe, expect, it } from 'vitest';
import { editBytes } from '../../src/fix/edits.ts';
import { decode } from '../../src/scan/read.ts';

const edit = (start: number, end: number, text: string) => ({ span: { start, end }, text });

describe('editBytes', () => {
  const TEXT = 'a=1\r\nü=😀x\r\n';
  it.for<[what: string, bytes: Buffer, expected: Buffer]>([
    ['UTF-8', Buffer.from(TEXT), Buffer.from('a=1\r\nü=😀yz\r\n')],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), Buffer.from('\ufeffa=1\r\nü=😀yz\r\n')],
    ['UTF-16LE', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), Buffer.from('\ufeffa=1\r\nü=😀yz\r\n', 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(), Buffer.from('\ufeffa=1\r\nü=😀yz\r\n', 'utf16le').swap16()],
  ])('%s', ([, bytes, expected]) => {
    const decoded = decode(bytes);
    expect(decoded.kind === 'text' && editBytes(bytes, decoded.text, [edit(9, 10, 'yz')])).toEqual(expected);
  });

  it('gives up on bytes that are not what the text says', () => {
    const bytes = Buffer.from([0x61, 0xff, 0x62]);
    const decoded = decode(bytes);
    expect(decoded.kind === 'text' && editBytes(bytes, decoded.text, [edit(2, 3, 'c')])).toBeNull();
  });
});
