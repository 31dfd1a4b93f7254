import type { Reading } from '../../site.ts';
import { readTrees } from '../tree/reading.ts';
import { parseToml } from './parse.ts';

/** Reads TOML: config files, pyproject.toml, fly.toml, wrangler.toml and others. */
export function readToml(path: string, text: string): Reading {
  return readTrees(path, text, 'TOML', parseToml(text));
}
