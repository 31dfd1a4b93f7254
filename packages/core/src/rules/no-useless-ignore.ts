import type { Rule } from './rule.ts';

/** Has no check of its own: an ignore is judged when all other rules have run, by ignores.ts. */
export const noUselessIgnore: Rule = {
  id: 'no-useless-ignore',
  title: 'Disallow ignore comments without reason, of an unknown rule, run out, or that ignore nothing',
  severity: 'warning',
  aboutMode: false,
  messages: {
    noReason: 'This ignore does not count: it gives no reason. Write `sslmode-ignore RULE -- reason`.',
    unknownRule: 'This ignore names no rule that exists: {{rule}}. {{remedy}}',
    expired: 'This ignore ran out on {{until}}: what it covers is reported again. Cure it, or give it a new date.',
    unused: 'This ignore covers nothing: {{rule}} finds nothing here. Delete it.',
    misplaced: 'This ignore covers nothing where it stands: put it on a line of its own, right above the key or value.',
  },
};
