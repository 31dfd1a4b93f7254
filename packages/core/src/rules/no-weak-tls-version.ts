import { ownText } from '../redact.ts';
import { removeSuggestion } from './edits.ts';
import { notedBy } from './every-candidate.ts';
import type { Rule } from './rule.ts';
import { driverName, reasonText } from './words.ts';

export const noWeakTlsVersion: Rule = {
  id: 'no-weak-tls-version',
  title: 'Disallow TLS versions below 1.2',
  severity: 'warning',
  aboutMode: false,
  messages: {
    weak: '{{driver}} may use a TLS version that is known to be broken: {{because}}. {{remedy}}',
    server: '{{product}} lets clients use a version of TLS or a cipher that is known to be broken: {{because}}. {{remedy}}',
  },
  check: (judgement) =>
    notedBy(judgement, ({ weakTls }) => weakTls).map(({ note, setting, verdict, unanimous }) => {
      const remedy = ownText('Delete it, or set it to TLSv1.2 or TLSv1.3.');
      return {
        messageId: 'weak',
        data: { driver: driverName(verdict), because: reasonText(note), remedy },
        span: setting.span,
        caption: ownText('below TLS 1.2'),
        remedy,
        suggestions: [removeSuggestion(setting, false)],
        related: [],
        threshold: null,
        unsure: !unanimous,
        driver: verdict.name,
      };
    }),
  checkServer: ({ server }) =>
    server.weakTls.map(({ span, because }) => {
      const remedy = ownText('Delete it: the default of every version in support is TLS 1.2 or later, with good ciphers.');
      return {
        messageId: 'server',
        data: { product: ownText(server.product), because: ownText(because), remedy },
        span,
        caption: ownText('broken'),
        remedy,
        suggestions: [],
        related: [],
        threshold: null,
      };
    }),
};
