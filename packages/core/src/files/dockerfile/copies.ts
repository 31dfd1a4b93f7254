import { normalizePath, resolvePath } from '../../paths.ts';
import type { Mount } from '../../site.ts';
import { MappedText } from '../../text.ts';
import { wordsOf, type Instruction } from './parse.ts';

/** What else brings certificates into an image: other stages and images, downloads, OpenSSL. */
const BRINGS = /--from=|\.(?:crt|pem|cer|key)\b|certificates?\b|openssl/i;

/**
 * What COPY and ADD put into an image from the folder that it is built in (https://docs.docker.com/reference/dockerfile/#copy).
 * A relative target lies below WORKDIR; where that is the base image's, it is not known.
 */
export function copiesIn(text: string, instructions: readonly Instruction[], escape: string): readonly Mount[] {
  const isComplete = !instructions.some(({ name, body }) => /^(?:RUN|COPY|ADD)$/.test(name) && BRINGS.test(name === 'RUN' ? text.slice(body.start, body.end) : (/--from=\S*/.exec(text.slice(body.start, body.end))?.[0] ?? '')));
  const mounts: Mount[] = [];
  let folder: string | null = null;
  for (const { name, body } of instructions) {
    if (name === 'FROM') folder = null;
    else if (name === 'WORKDIR') folder = placeAt(argumentsOf(text, body, escape)[0] ?? '', folder);
    else if (name === 'COPY' || name === 'ADD') {
      const words = argumentsOf(text, body, escape);
      const target = words.at(-1) ?? '';
      const to = placeAt(target, folder);
      if (words.length < 2 || to === null || words.some((word) => word.startsWith('--from='))) continue;
      for (const from of words.slice(0, -1).filter((word) => !/^--|[*?[\]$]|:\/\//.test(word))) {
        const copied = { complete: isComplete && !/^(?:\.?\/)?\.?$/.test(from) };
        const source = from.replace(/^\/+/, '');
        mounts.push({ from: source, to, copied });
        // A file in a folder; whether it is one is not to be seen here.
        const file = normalizePath(source).split('/').at(-1) ?? '';
        if ((target.endsWith('/') || words.length > 2) && /^[^.]/.test(file)) mounts.push({ from: source, to: resolvePath(to, file), copied });
      }
    }
  }
  return mounts;
}

function placeAt(path: string, folder: string | null): string | null {
  if (path === '' || path.includes('$')) return null;
  if (path.startsWith('/')) return normalizePath(path);
  return folder === null ? null : resolvePath(folder, path);
}

/** The words of an instruction that has no variables of its own. */
function argumentsOf(text: string, body: Instruction['body'], escape: string): readonly string[] {
  return commandOf(text, body, escape).map((word) => word.text);
}

/** The words of CMD and its kin in either form: `postgres -c ssl=on`, `["postgres", "-c", "ssl=on"]`. */
export function commandOf(text: string, { start, end }: Instruction['body'], escape: string): readonly MappedText[] {
  const body = text.slice(start, end);
  if (!body.trimStart().startsWith('[')) return wordsOf(text, { start, end }, escape).map(({ value }) => value);
  return [...body.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(({ index, 1: word = '' }) => MappedText.verbatim(text, start + index + 1, start + index + 1 + word.length));
}
