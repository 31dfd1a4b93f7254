import { nameOf } from '../drivers/outcome.ts';
import { ownText } from '../redact.ts';
import type { Rule } from './rule.ts';
import { driverName, reasonText } from './words.ts';

export const noUnparsableConnection: Rule = {
  id: 'no-unparsable-connection',
  title: 'Disallow connection strings that their driver refuses',
  severity: 'warning',
  aboutMode: false,
  messages: { refused: '{{driver}} refuses to connect: {{because}}. {{remedy}}' },
  check({ deciding, site }) {
    if (deciding.outcome.kind !== 'refuses' || deciding.outcome.cause !== 'other') return [];
    const setting = deciding.outcome.setting;
    const remedy = ownText(setting === null ? 'Write special characters of the password and name percent-encoded.' : `Delete \`${nameOf(setting)}\`.`);
    return [
      {
        messageId: 'refused',
        data: { driver: driverName(deciding), because: reasonText(deciding.outcome.reasons[0]), remedy },
        span: setting?.span ?? site.span,
        caption: ownText('the driver refuses this'),
        remedy,
        suggestions: [],
        related: [],
        threshold: null,
      },
    ];
  },
};
