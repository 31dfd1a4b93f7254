import { NOTHING, type Reading } from '../../site.ts';
import { fileNameOf } from '../embedded.ts';
import type { Includes } from '../kind.ts';
import { readShell } from '../shell/reader.ts';
import { readSource } from '../source/reader.ts';

/** Reads a program by the interpreter that its first line names; without one it is none. */
export function readScript(path: string, text: string, includes?: Includes): Reading {
  const interpreter = /^#!\s*(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?([a-z]+)/.exec(text.slice(0, 200))?.[1];
  if (interpreter === undefined) return NOTHING;
  // `with-contenv` of s6-overlay is a shell with the container's variables.
  if (/^(?:ba|z|k|da|a|fi)?sh$|^(?:with|execlineb)$/.test(interpreter)) return readShell(path, text);
  return readSource(interpreter === 'php' ? 'x.php' : fileNameOf(interpreter), text, includes);
}
