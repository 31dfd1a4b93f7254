import { dotenv } from './dotenv/kind.ts';
import type { FileKind } from './kind.ts';
import { yaml } from './yaml/kind.ts';

/** Every kind of file that can hold connections; the first that matches counts. */
export const KINDS: readonly FileKind[] = [dotenv, yaml];
