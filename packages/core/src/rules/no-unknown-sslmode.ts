import { MODES, type Mode } from '../mode.ts';
import type { Judgement, Verdict } from '../judge/judgement.ts';
import { meant, quoted } from '../drivers/outcome.ts';
import { type SafeText, ownText } from '../redact.ts';
import type { Setting } from '../settings/setting.ts';
import { notedBy } from './every-candidate.ts';
import type { Rule, RuleProblem, Suggestion } from './rule.ts';
import { driverName, isSameName, reasonText } from './words.ts';

/** The words of a driver's own sslmode: `VerifyFull` in an ADO string. */
function spelled(mode: Mode, setting: Setting, { driver, version }: Verdict): string {
  return driver.spell(mode, null, version).string?.find(([name]) => isSameName(name, setting))?.[1] ?? mode;
}

function correction(setting: Setting, verdict: Verdict, scheme: string | null): { remedy: SafeText; suggestions: readonly Suggestion[] } {
  const set = (text: string, remedy: string): ReturnType<typeof correction> => ({
    remedy: ownText(remedy),
    suggestions: [{ message: ownText(`Change it to ${text}.`), edits: [{ span: setting.span, text }], safe: false }],
  });
  const spelling = verdict.driver.spell('verify-full', null, verdict.version, scheme);
  if (setting.place === 'options' && setting.name === 'ssl' && spelling.options !== null) return { remedy: ownText(`Set \`${spelling.options}\`.`), suggestions: [] };
  const [own] = spelling.string ?? [];
  // It is the name that this driver doesn't take: `ssl=true`, SQLAlchemy's `sslmode`.
  if (own !== undefined && /^ssl(?:mode)?$/i.test(setting.name) && !isSameName(own[0], setting)) return { remedy: ownText(`Say it with \`${own[0]}\`.`), suggestions: [] };
  if (!/sslmode$/i.test(setting.name)) return { remedy: ownText('Delete it, or say it in a way that this driver knows.'), suggestions: [] };
  const mode = meant(setting);
  if (mode === undefined) return { remedy: ownText(`Use one of ${[...new Set(MODES.map((each) => spelled(each, setting, verdict)))].join(', ')}.`), suggestions: [] };
  const word = spelled(mode, setting, verdict);
  // pgjdbc and Npgsql take their words in any case.
  const isKnown = word === setting.value || (verdict.driver.forms.some((form) => form === 'jdbc' || form === 'ado') && word.toLowerCase() === setting.value?.toLowerCase());
  if (!isKnown) return set(word, `Did you mean \`${word}\`?`);
  // The word is known, and refused in this company.
  if (mode === 'verify-full') return { remedy: ownText('Name a root certificate to check against.'), suggestions: [] };
  const full = spelled('verify-full', setting, verdict);
  return set(full, `Use \`${full}\`.`);
}

/** The word for what every candidate takes this value for already: with it nothing changes. */
function asTaken(setting: Setting, { decidedBy, verdicts }: Judgement): readonly Suggestion[] {
  if (setting.place !== 'string' || decidedBy?.span.start !== setting.span.start || !/sslmode$/i.test(setting.name)) return [];
  const words = new Set(
    verdicts.map(({ held, driver, version, outcome }) => {
      const taken = outcome.kind === 'connects' && outcome.decidedBy?.span.start === setting.span.start && held !== null;
      return taken ? driver.spell(held, null, version).string?.find(([name]) => isSameName(name, setting))?.[1] : undefined;
    }),
  );
  const [word] = words;
  if (words.size !== 1 || word === undefined) return [];
  return [{ message: ownText(`Write ${word}, which is what it is taken for.`), edits: [{ span: setting.span, text: word }], safe: true }];
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
    const problem = (messageId: string, setting: Setting, verdict: Verdict, because: SafeText): RuleProblem => {
      const driver = driverName(verdict);
      const { remedy, suggestions } = correction(setting, verdict, judgement.string?.scheme ?? null);
      const caption = ownText(messageId === 'refused' ? 'the driver refuses this' : 'not a value that the driver knows');
      return { messageId, data: { driver, setting: quoted(setting), because, remedy }, span: setting.span, caption, remedy, suggestions, related: [], threshold: null };
    };
    if (deciding.outcome.kind === 'refuses') {
      if (deciding.outcome.cause !== 'tls') return [];
      const [reason] = deciding.outcome.reasons;
      const setting = deciding.outcome.setting ?? { name: 'sslmode', key: 'sslmode', value: null, place: 'string', span: site.span, whole: site.span };
      return [problem('refused', setting, deciding, reasonText(reason))];
    }
    return notedBy(judgement, ({ unknownValues }) => unknownValues).map(({ note, setting, verdict, unanimous }) => {
      const found = problem('takenFor', setting, verdict, reasonText(note));
      const same = unanimous ? asTaken(setting, judgement) : [];
      return { ...found, suggestions: [...same, ...found.suggestions.filter(({ edits }) => edits[0]?.text !== same[0]?.edits[0]?.text)], unsure: !unanimous, driver: verdict.name };
    });
  },
};
