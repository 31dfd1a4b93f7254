import type { File, FileError, Language, OkParseResult, ParseResult } from '@eslint/core';
import { TextSourceCode, type TextRoot } from './text-source-code.ts';

interface TextLanguageTypes {
  readonly LangOptions: Record<string, unknown>;
  readonly Code: TextSourceCode;
  readonly RootNode: TextRoot;
  readonly Node: TextRoot;
}

/** The language `sslmode/text`: lets ESLint, and so the editor, open files that no other language owns. Any text parses. */
export class TextLanguage implements Language<TextLanguageTypes> {
  readonly fileType = 'text';
  readonly lineStart = 1;
  readonly columnStart = 0;
  readonly nodeTypeKey = 'type';
  readonly visitorKeys = { Text: [] };

  /** There are no options: whatever is given by a config without `files` is meant for JavaScript. */
  validateLanguageOptions(): void {
    // Nothing to refuse.
  }

  parse({ body }: File): ParseResult<TextRoot> {
    if (typeof body !== 'string') return { ok: false, errors: [BINARY] };
    const lines = body.split(/\r\n|[\r\n]/u);
    const end = { line: lines.length, column: lines.at(-1)?.length ?? 0 };
    return { ok: true, ast: { type: 'Text', range: [0, body.length], loc: { start: { line: 1, column: 0 }, end } } };
  }

  createSourceCode(file: File, { ast }: OkParseResult<TextRoot>): TextSourceCode {
    return new TextSourceCode({ text: String(file.body), ast });
  }
}

const BINARY: FileError = { message: 'Expected text, not bytes.', line: 1, column: 0 };
