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
  check({ deciding, site, string }) {
    if (deciding.outcome.kind !== 'refuses' || deciding.outcome.cause === 'tls') return [];
    const { cause, setting } = deciding.outcome;
    const isUrl = cause === 'syntax' && string?.form === 'url';
    // What another form or grammar asks for, its reason says.
    const remedy = setting !== null ? ownText(`Delete \`${nameOf(setting)}\`.`) : isUrl ? ownText('Write special characters of the password and name percent-encoded.') : null;
    return [
      {
        messageId: 'refused',
        data: { driver: driverName(deciding), because: reasonText(deciding.outcome.reasons[0]), remedy: remedy ?? ownText('') },
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
