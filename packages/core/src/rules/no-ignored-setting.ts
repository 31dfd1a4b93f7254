import { quoted } from '../drivers/outcome.ts';
import { ownText } from '../redact.ts';
import { removeSuggestion } from './edits.ts';
import { notedBy } from './every-candidate.ts';
import type { Rule } from './rule.ts';
import { driverName, reasonText } from './words.ts';

export const noIgnoredSetting: Rule = {
  id: 'no-ignored-setting',
  title: 'Disallow TLS settings that the driver never reads',
  severity: 'warning',
  aboutMode: false,
  messages: { ignored: '{{setting}} has no effect on {{driver}}: {{because}}. {{remedy}}' },
  check: (judgement) =>
    notedBy(judgement, ({ ignored }) => ignored)
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
};
