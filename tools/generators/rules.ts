import { HOST_CLASSES, RULES, type Rule } from '../../packages/core/src/index.ts';
import { PRESETS } from '../../packages/core/src/policy/presets.ts';
import { code, table } from './markdown.ts';

/** Rules of the CLI alone (INTERFACES.md, "Rules"). */
const ONLY_CLI: readonly string[] = ['root-certificate', 'server-accepts-plaintext', 'no-useless-ignore'];

/** The first five: about what is below the minimum, so that the policy's `severity` by host class decides. */
const BELOW_MINIMUM: readonly string[] = ['no-plaintext', 'no-plaintext-fallback', 'require-sslmode', 'no-unverified-certificate', 'no-unverified-hostname'];

/** What stands above the prose of a rule's page. */
export function ruleHeader(rule: Rule, suggests: boolean): string {
  const eslint = ONLY_CLI.includes(rule.id)
    ? 'not there: this rule is the CLI\'s alone'
    : `${code('recommended')}: ${rule.severity}, ${code('strict')}: error`;
  return [
    `# sslmode/${rule.id}\n\n${rule.title}.\n\n`,
    table(
      ['', 'CLI', 'ESLint'],
      [
        ['severity', cliSeverity(rule), eslint],
        ['cure', suggests ? 'the finding says what to write' : 'by hand: the finding says what to do', ONLY_CLI.includes(rule.id) ? '' : suggests ? 'as a suggestion' : 'by hand'],
      ],
    ),
  ].join('');
}

function cliSeverity({ id, severity }: Rule): string {
  if (!BELOW_MINIMUM.includes(id)) return `${severity}, in ${code('strict')} error`;
  const classes = HOST_CLASSES.filter((hostClass) => {
    const said = PRESETS['sslmode:recommended'].severity;
    return (typeof said === 'object' ? said[hostClass] : said) === 'warning';
  });
  return `${severity} (${classes.join(' and ')} hosts: warning), in ${code('strict')} error`;
}

/** The table of all rules; `folder` is where the pages lie, seen from the page that holds it. */
export function ruleTable(folder: string): string {
  return table(
    ['rule', 'what it says', 'default'],
    RULES.map(({ id, title, severity }) => [`[${id}](${folder}${id}.md)`, `${title}${ONLY_CLI.includes(id) ? ' (CLI only)' : ''}`, severity]),
  );
}
