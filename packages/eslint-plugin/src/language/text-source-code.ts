import { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } from '@eslint/plugin-kit';
import type { DirectiveType, FileProblem, RulesConfig, SourceLocation, SourceRange, TraversalStep } from '@eslint/core';

/** The tree of a text: its root is all of it, since core's readers look at the text itself. */
export interface TextRoot {
  readonly type: 'Text';
  readonly range: SourceRange;
  readonly loc: SourceLocation;
}

/** A comment that fills a line: behind a value `#` may be a part of it. */
export interface TextComment {
  readonly type: 'Line';
  /** Without the `#`. */
  readonly value: string;
  readonly range: SourceRange;
  readonly loc: SourceLocation;
}

interface TextTypes {
  readonly LangOptions: Record<string, unknown>;
  readonly RootNode: TextRoot;
  readonly SyntaxElementWithLoc: TextRoot | TextComment;
  readonly ConfigNode: TextComment;
}

const COMMENT = /^[ \t]*(#.*)$/gm;
const DIRECTIVE = /^\s*eslint(?:-(?:disable(?:-next-line|-line)?|enable))?(?:\s|$)/;
const directives = new ConfigCommentParser();

/** What ESLint knows of a file of `sslmode/text`: where lines are, and the comments that speak to ESLint. */
export class TextSourceCode extends TextSourceCodeBase<TextTypes> {
  /**
   * Core's rules ask every file for these. Without them js.configs.recommended without `files` stops ESLint
   * (eslint/markdown#327: rules of JavaScript are not to be kept off other languages).
   */
  readonly scopeManager = null;
  readonly parserServices = {};
  #comments: readonly TextComment[] | undefined;

  constructor({ text, ast }: { text: string; ast: TextRoot }) {
    super({ text, ast, lineEndingPattern: /\r\n|[\r\n]/u });
  }

  /** All comments, as rules of JavaScript ask for them. */
  getAllComments(): readonly TextComment[] {
    this.#comments ??= [...this.text.matchAll(COMMENT)].map((match): TextComment => {
      const comment = match[1] ?? '';
      const start = match.index + match[0].length - comment.length;
      const range: SourceRange = [start, start + comment.length];
      return { type: 'Line', value: comment.slice(1), range, loc: { start: this.getLocFromIndex(range[0]), end: this.getLocFromIndex(range[1]) } };
    });
    return this.#comments;
  }

  override getParent(): undefined {
    return undefined;
  }

  override *traverse(): Iterable<TraversalStep> {
    yield new VisitNodeStep({ target: this.ast, phase: 1, args: [this.ast] });
    yield new VisitNodeStep({ target: this.ast, phase: 2, args: [this.ast] });
  }

  /** `# eslint-disable …` and its kin. */
  getInlineConfigNodes(): TextComment[] {
    return this.getAllComments().filter(({ value }) => DIRECTIVE.test(value));
  }

  /** What `# eslint-disable`, `# eslint-enable` and `# eslint-disable-next-line` switch. */
  getDisableDirectives(): { directives: Directive[]; problems: FileProblem[] } {
    const found = this.getInlineConfigNodes().flatMap((node) => {
      const directive = directives.parseDirective(node.value);
      const type = directive?.label.slice('eslint-'.length) ?? '';
      return directive !== undefined && isDirectiveType(type) ? [new Directive({ type, node, value: directive.value, justification: directive.justification })] : [];
    });
    return { directives: found, problems: [] };
  }

  /** What `# eslint sslmode/…: "off"` sets. */
  applyInlineConfig(): { configs: { config: { rules: RulesConfig }; loc: SourceLocation }[]; problems: FileProblem[] } {
    const configs: { config: { rules: RulesConfig }; loc: SourceLocation }[] = [];
    const problems: FileProblem[] = [];
    for (const { value, loc } of this.getInlineConfigNodes()) {
      const directive = directives.parseDirective(value);
      if (directive?.label !== 'eslint') continue;
      const parsed = directives.parseJSONLikeConfig(directive.value);
      if (parsed.ok) configs.push({ config: { rules: parsed.config }, loc });
      else problems.push({ ruleId: null, message: parsed.error.message, loc });
    }
    return { configs, problems };
  }
}

function isDirectiveType(type: string): type is DirectiveType {
  return type === 'disable' || type === 'enable' || type === 'disable-next-line' || type === 'disable-line';
}
