import { readFileSync, readdirSync } from 'node:fs';
import type { Measured } from './measure.ts';

interface File {
  readonly name: string;
  readonly driver: string;
  readonly version: string;
  /** What was measured (fingerprint.ts). */
  readonly of: string;
  readonly cells: readonly Measured[];
}

const folder = new URL('measured/', import.meta.url);
/** All that is written down of what drivers do. */
export const FILES = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.settings.json'))
  .map((name): File => ({ ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Omit<File, 'name'>), name: name.replace(/\.json$/, '') }));
