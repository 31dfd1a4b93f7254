import { nearest } from '../text-distance.ts';
import { MODES } from '../mode.ts';
import { quoted } from '../drivers/outcome.ts';
import { type SafeText, ownText } from '../redact.ts';
import type { Setting } from '../settings/setting.ts';
import { notedBy } from './every-candidate.ts';
import type { Rule, RuleProblem, Suggestion } from './rule.ts';
import { driverName, reasonText } from './words.ts';

/** The word that was meant, for a setting that takes one of libpq's. */
function meant(setting: Setting): string | undefined {
  if (!/sslmode$/i.test(setting.name) || setting.value === null) return undefined;
  const word = setting.value.toLowerCase().replaceAll('_', '-');
  const exact = MODES.find((mode) => mode === word);
  // `verify`, `verify-peer`: who wants verification gets all of it.
  return exact ?? (word.startsWith('verify') ? 'verify-full' : nearest(word, MODES));
}

function correction(setting: Setting): { remedy: SafeText; suggestions: readonly Suggestion[] } {
  const word = meant(setting);
  if (word === undefined) return { remedy: ownText(`Use one of ${MODES.join(', ')}.`), suggestions: [] };
  const message = ownText(`Change it to ${word}.`);
  return { remedy: ownText(`Did you mean \`${word}\`?`), suggestions: [{ message, edits: [{ span: setting.span, text: word }], safe: false }] };
}

export const noUnknownSslmode: Rule = {
  id: 'no-unknown-sslmode',
  title: 'Disallow TLS settings with a value that the driver does not know',
  severity: 'error',
  aboutMode: false,
  messages: {
    refused: '{{driver}} refuses to connect with {{setting}}: {{because}}. {{remedy}}',
    takenFor: '{{driver}} does not know {{setting}}: {{because}}. {{remedy}}',
  },
  check(judgement): readonly RuleProblem[] {
    const { deciding, site } = judgement;
    const problem = (messageId: string, setting: Setting, driver: SafeText, because: SafeText): RuleProblem => {
      const { remedy, suggestions } = correction(setting);
      const caption = ownText(messageId === 'refused' ? 'the driver refuses this' : 'not a value that the driver knows');
      return { messageId, data: { driver, setting: quoted(setting), because, remedy }, span: setting.span, caption, remedy, suggestions, related: [], threshold: null };
    };
    if (deciding.outcome.kind === 'refuses') {
      if (deciding.outcome.cause !== 'tls') return [];
      const [reason] = deciding.outcome.reasons;
      const setting = deciding.outcome.setting ?? { name: 'sslmode', key: 'sslmode', value: null, place: 'string', span: site.span, whole: site.span };
      return [problem('refused', setting, driverName(deciding), reasonText(reason))];
    }
    return notedBy(judgement, ({ unknownValues }) => unknownValues).map(({ note, setting, verdict, unanimous }) => ({
      ...problem('takenFor', setting, driverName(verdict), reasonText(note)),
      unsure: !unanimous,
      driver: verdict.name,
    }));
  },
};
