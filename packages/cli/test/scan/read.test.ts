import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileReader, decode } from '../../src/scan/read.ts';
import { tree } from '../support.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decode', () => {
  it.for<[what: string, input: Uint8Array, expected: ReturnType<typeof decode>]>([
    ['UTF-8', bytes('A=ü\n'), { kind: 'text', text: 'A=ü\n', problem: null }],
    ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x41]), { kind: 'text', text: 'A', problem: null }],
    ['UTF-16 little endian', new Uint8Array([0xff, 0xfe, 0x41, 0, 0x3d, 0]), { kind: 'text', text: 'A=', problem: null }],
    ['UTF-16 big endian', new Uint8Array([0xfe, 0xff, 0, 0x41, 0, 0x3d]), { kind: 'text', text: 'A=', problem: null }],
    ['a NUL', bytes('A=\0'), { kind: 'binary' }],
    ['a NUL in UTF-16', new Uint8Array([0xff, 0xfe, 0, 0]), { kind: 'binary' }],
    [
      'Latin-1',
      new Uint8Array([...bytes('A=1\nB='), 0xfc, ...bytes('\nC=3')]),
      { kind: 'text', text: 'A=1\nB=\ufffd\nC=3', problem: { line: 2, message: 'not valid UTF-8: read with its bad bytes replaced' } },
    ],
  ])('%s', ([, input, expected]) => {
    expect(decode(input)).toEqual(expected);
  });
});

describe('FileReader', () => {
  const files = new FileReader();

  it('reads up to the limit', () => {
    const folder = tree({ '.env': '12345' });
    expect(files.read(join(folder, '.env'), 5)).toEqual({ kind: 'bytes', bytes: bytes('12345') });
    expect(files.read(join(folder, '.env'), 4)).toEqual({ kind: 'too-large', size: 5 });
  });

  it('reads what is larger than what was read before, and what says no size', () => {
    const large = 'x'.repeat(300_000);
    const folder = tree({ small: 'a', large });
    expect(files.read(join(folder, 'small'), 1e6)).toEqual({ kind: 'bytes', bytes: bytes('a') });
    const read = files.read(join(folder, 'large'), 1e6);
    expect(read.kind === 'bytes' && new TextDecoder().decode(read.bytes) === large).toBe(true);
    if (existsSync('/proc/self/maps')) {
      expect(files.read('/proc/self/maps', 1e9)).toMatchObject({ kind: 'bytes', bytes: { length: expect.any(Number) as number } });
      expect(files.read('/proc/self/maps', 10)).toMatchObject({ kind: 'too-large' });
    }
  });

  it('says why not, and does not wait for what never comes', () => {
    const folder = tree();
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(files.read(join(folder, 'none'), 9)).toEqual({ kind: 'unreadable', message: 'cannot be read: it does not exist' });
    expect(files.read(join(folder, 'folder'), 9)).toEqual({ kind: 'unreadable', message: 'cannot be read: it is a folder' });
    expect(files.read(join(folder, 'pipe'), 9)).toEqual({ kind: 'unreadable', message: 'not read: a named pipe' });
  });
});
