import { quoted } from '../drivers/outcome.ts';
import { ownText } from '../redact.ts';
import { checkBothEnds } from './both-ends.ts';
import { removeSuggestion } from './edits.ts';
import { notedBy } from './every-candidate.ts';
import type { Rule } from './rule.ts';
import { driverName, reasonText } from './words.ts';

export const noConflictingSettings: Rule = {
  id: 'no-conflicting-settings',
  title: 'Disallow two TLS settings of which one makes the other void, and those that the server does not go with',
  severity: 'warning',
  aboutMode: false,
  messages: {
    conflict: '{{loser}} is void for {{driver}}, {{winner}} wins: {{because}}. {{remedy}}',
    'server-without-tls': 'This connection fails: {{driver}} insists on TLS, and {{product}} ({{place}}) offers none, for {{because}}. {{remedy}}',
    'server-insists': 'This connection fails: {{driver}} uses no TLS, and {{product}} ({{place}}) says that {{because}}. {{remedy}}',
    'short-of-server': 'This connection protects less than its server does: {{driver}} may go without TLS, and {{product}} ({{place}}) says that {{because}}. {{remedy}}',
  },
  check: (judgement) => [
    ...checkBothEnds(judgement),
    ...notedBy(judgement, ({ conflicts }) => conflicts).map(({ note, setting, verdict, unanimous }) => {
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
  ],
};
