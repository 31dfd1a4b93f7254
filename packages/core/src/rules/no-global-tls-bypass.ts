import { quoted } from '../drivers/outcome.ts';
import { ownText } from '../redact.ts';
import type { Rule } from './rule.ts';

export const noGlobalTlsBypass: Rule = {
  id: 'no-global-tls-bypass',
  title: 'Disallow switching certificate checks off for a whole process',
  severity: 'error',
  aboutMode: false,
  messages: { bypass: 'Every TLS connection of this Node.js process accepts any certificate: {{setting}} is set. {{remedy}}' },
  checkBypass({ setting }) {
    const remedy = ownText('Delete it; a private CA belongs into `NODE_EXTRA_CA_CERTS` or the `ca` of the one connection that needs it.');
    return [
      {
        messageId: 'bypass',
        data: { setting: quoted(setting), remedy },
        span: setting.span,
        caption: ownText('no certificate is checked any more'),
        remedy,
        suggestions: [{ message: ownText('Set it to 1, so that certificates are checked (a private CA belongs into NODE_EXTRA_CA_CERTS).'), edits: [{ span: setting.span, text: '1' }], safe: false }],
        related: [],
        threshold: null,
      },
    ];
  },
};
