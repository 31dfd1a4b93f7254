import { quoted } from '../drivers/outcome.ts';
import type { Judgement } from '../judge/judgement.ts';
import { ownText } from '../redact.ts';
import { removeSuggestion } from './edits.ts';
import { notedBy } from './every-candidate.ts';
import type { Rule, RuleProblem } from './rule.ts';
import { driverName, reasonText } from './words.ts';

export const noIgnoredSetting: Rule = {
  id: 'no-ignored-setting',
  title: 'Disallow TLS settings that the driver never reads',
  severity: 'warning',
  aboutMode: false,
  messages: { ignored: '{{setting}} has no effect on {{driver}}: {{because}}. {{remedy}}' },
  check: (judgement) => [
    ...repeats(judgement),
    ...notedBy(judgement, ({ ignored }) => ignored)
      // Where the same setting is the reason of a missing mode, that finding names it.
      .filter(() => judgement.falls === null || judgement.decidedBy !== null)
      .map(({ note, setting, verdict, unanimous }) => {
        const remedy = ownText('Delete it, or say it in a way that this driver reads.');
        return {
          messageId: 'ignored',
          data: { setting: quoted(setting), driver: driverName(verdict), because: reasonText(note), remedy },
          span: setting.span,
          caption: ownText('never read'),
          remedy,
          suggestions: note.harmless ? [removeSuggestion(setting, unanimous && judgement.verdicts.every(({ outcome }) => outcome.kind === 'connects'))] : [],
          related: [],
          threshold: null,
          unsure: !unanimous,
          driver: verdict.name,
        };
      }),
  ],
};

/** Names of TLS settings, in whatever grammar. */
const TLS_NAME = /^(?:ssl|tls|gssencmode|channel_?binding|trust ?server|root ?cert|uselibpqcompat)/i;

/** Settings that are said again further on with the same value: whether a driver takes the first or the last, one is enough. */
function repeats(judgement: Judgement): readonly RuleProblem[] {
  const { string, deciding, verdicts } = judgement;
  const settings = string?.settings.filter(({ key, value }) => value !== null && TLS_NAME.test(key)) ?? [];
  if (deciding.outcome.kind !== 'connects') return [];
  return settings
    .filter((setting, at) => settings.slice(at + 1).some(({ key, value }) => key === setting.key && value === setting.value))
    .map((setting) => {
      const remedy = ownText('Delete one of the two.');
      return {
        messageId: 'ignored',
        data: { setting: quoted(setting), driver: driverName(deciding), because: ownText('it is said again further on, with the same value'), remedy },
        span: setting.span,
        caption: ownText('said again further on'),
        remedy,
        suggestions: [removeSuggestion(setting, verdicts.every(({ outcome }) => outcome.kind === 'connects'))],
        related: [],
        threshold: null,
      };
    });
}
