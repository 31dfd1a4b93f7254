import type { Judgement } from '../judge/judgement.ts';
import type { Mode } from '../mode.ts';
import { raiseSuggestions } from './edits.ts';
import type { Rule, RuleProblem } from './rule.ts';
import { advice, because, caption, driverName } from './words.ts';

/** The part of a message that all rules about modes share: what happens, why, and what to do. */
const EFFECTS: Readonly<Record<Exclude<Mode, 'verify-full'>, string>> = {
  disable: '{{driver}} sends this in plaintext',
  allow: '{{driver}} can be kept in plaintext by anybody on the path',
  prefer: '{{driver}} can be talked out of encryption by anybody on the path',
  require: '{{driver}} lets an impostor take this connection over',
  'verify-ca': '{{driver}} accepts any server that has a certificate of the same CA',
};

/** Messages of a rule about these modes, by mode. */
function modeMessages(modes: readonly Exclude<Mode, 'verify-full'>[]): Readonly<Record<string, string>> {
  return Object.fromEntries(modes.map((mode) => [mode, `${EFFECTS[mode]}: {{because}}. {{advice}}`]));
}

/** A rule that is about the mode a connection comes to: at most one of these speaks, by the first six's order of causes. */
export function modeRule(meta: Pick<Rule, 'id' | 'title' | 'severity'>, modes: readonly Exclude<Mode, 'verify-full'>[], applies: (judgement: Judgement) => boolean): Rule {
  return {
    ...meta,
    aboutMode: true,
    messages: modeMessages(modes),
    check(judgement): readonly RuleProblem[] {
      const { falls, decidedBy, site, deciding } = judgement;
      const mode = deciding.held;
      if (falls === null || mode === null || mode === 'verify-full' || !modes.includes(mode) || !applies(judgement)) return [];
      return [
        {
          messageId: mode,
          data: { driver: driverName(deciding), because: because(judgement), advice: advice(judgement) },
          span: decidedBy?.span ?? site.span,
          caption: caption(judgement),
          remedy: advice(judgement),
          suggestions: raiseSuggestions(judgement),
          related: [],
          threshold: falls.threshold,
        },
      ];
    },
  };
}

/** The connection is below the policy's minimum. */
export function belowMinimum({ falls }: Judgement): boolean {
  return falls?.threshold === 'minimum';
}

/** A setting that the deciding driver reads brought it there. */
export function isSaid({ decidedBy }: Judgement): boolean {
  return decidedBy !== null;
}
