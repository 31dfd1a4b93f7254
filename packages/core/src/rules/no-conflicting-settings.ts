import { quoted } from '../drivers/outcome.ts';
import { ownText } from '../redact.ts';
import { removeSuggestion } from './edits.ts';
import { notedBy } from './every-candidate.ts';
import type { Rule } from './rule.ts';
import { driverName, reasonText } from './words.ts';

export const noConflictingSettings: Rule = {
  id: 'no-conflicting-settings',
  title: 'Disallow two TLS settings of which one makes the other void',
  severity: 'warning',
  aboutMode: false,
  messages: { conflict: '{{loser}} is void for {{driver}}, {{winner}} wins: {{because}}. {{remedy}}' },
  check: (judgement) =>
    notedBy(judgement, ({ conflicts }) => conflicts).map(({ note, setting, verdict, unanimous }) => {
      const winner = quoted(note.winner);
      const remedy = ownText(`Keep one of the two: delete ${quoted(setting)}, or ${winner} if the other is what you mean.`);
      return {
        messageId: 'conflict',
        data: { loser: quoted(setting), winner, driver: driverName(verdict), because: reasonText(note), remedy },
        span: setting.span,
        caption: ownText(`void: ${winner} wins`),
        remedy,
        suggestions: setting.place === 'environment' ? [] : [removeSuggestion(setting, false)],
        related: [{ span: note.winner.span, message: ownText('this one wins') }],
        threshold: null,
        unsure: !unanimous,
        driver: verdict.name,
      };
    }),
};
