import { RULES, helpUrl } from '@sslmode/core';
import type { Finding, Rule } from '@sslmode/core';
import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import type { TSESLint } from '@typescript-eslint/utils';
import { findingsOf } from './analysis.ts';

/** What a rule of ours says of itself beside ESLint's own fields. */
interface Docs {
  readonly recommended: boolean;
}

type SslmodeRule = TSESLint.RuleModule<string, [], Docs>;

/** These are about files that ESLint does not open, or about the whole of a scan: the CLI's alone (INTERFACES.md, "Rules"). */
const OF_THE_CLI: ReadonlySet<string> = new Set(['no-useless-ignore', 'root-certificate', 'server-accepts-plaintext']);

/** The rules of the catalogue that run in ESLint. */
export const CATALOGUE: readonly Rule[] = RULES.filter(({ id }) => !OF_THE_CLI.has(id));

/** The text of a suggestion comes from core as a whole. */
const SUGGESTION = 'suggestion';

const createRule = RuleCreator<Docs>(helpUrl);

/** ESLint's rules, all made from core's catalogue: id, messages and findings are the same as in the CLI. */
export const rules: Readonly<Record<string, SslmodeRule>> = Object.fromEntries(CATALOGUE.map((rule) => [rule.id, ruleOf(rule)]));

function ruleOf({ id, title, messages }: Rule): SslmodeRule {
  return createRule<[], string>({
    name: id,
    meta: {
      type: 'problem',
      docs: { description: title, recommended: true },
      messages: { ...messages, [SUGGESTION]: '{{text}}' },
      schema: [],
      hasSuggestions: true,
      defaultOptions: [],
    },
    create(context) {
      const { sourceCode } = context;
      // Only the root, whose name each language chooses: everything is found in one analysis.
      return {
        [sourceCode.ast.type]() {
          for (const finding of findingsOf(context)) {
            if (finding.rule === id && finding.ignored === null) context.report(reportOf(finding, messages, sourceCode));
          }
        },
      };
    },
  });
}

function reportOf(finding: Finding, messages: Rule['messages'], sourceCode: Readonly<TSESLint.SourceCode>): TSESLint.ReportDescriptor<string> {
  const { span, messageId, data, suggestions } = finding;
  return {
    loc: { start: sourceCode.getLocFromIndex(span.start), end: sourceCode.getLocFromIndex(span.end) },
    messageId,
    data: { ...blanks(messages[messageId]), ...data },
    suggest: suggestions.map(({ message, edits }) => ({
      messageId: SUGGESTION,
      data: { text: message },
      fix: (fixer) => edits.map((edit) => fixer.replaceTextRange([edit.span.start, edit.span.end], edit.text)),
    })),
  };
}

/** A placeholder without data is empty in core, and stays as it is in ESLint. */
function blanks(message = ''): Record<string, string> {
  return Object.fromEntries([...message.matchAll(/\{\{(\w+)\}\}/g)].map((match) => [match[1] ?? '', '']));
}
