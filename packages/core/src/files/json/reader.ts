import type { Reading } from '../../site.ts';
import { readTrees } from '../tree/reading.ts';
import { parseJsonText } from './parse.ts';

/** Reads JSON, JSON5 and JSONC: appsettings.json, devcontainer.json, ECS task definitions, any config. */
export function readJson(path: string, text: string): Reading {
  return readTrees(path, text, 'JSON', parseJsonText(text));
}
