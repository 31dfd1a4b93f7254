import { ownText } from '../redact.ts';
import type { Rule } from './rule.ts';

export const serverAcceptsPlaintext: Rule = {
  id: 'server-accepts-plaintext',
  title: 'Disallow server configurations that let clients come without TLS',
  severity: 'error',
  aboutMode: false,
  messages: {
    'only-plaintext': '{{product}} talks to {{clients}} in plaintext: {{because}}. {{remedy}}',
    plaintext: '{{product}} lets {{clients}} come in plaintext: {{because}}. {{remedy}}',
    'plaintext-passwords': '{{product}} takes passwords in plaintext from {{clients}}: {{because}}. {{remedy}}',
    anybody: '{{product}} lets {{clients}} in without a password, and in plaintext: {{because}}. {{remedy}}',
  },
  checkServer({ server, falls }) {
    const { admits, product, clients, because, span } = server;
    if (!falls || admits === null) return [];
    const remedy = ownText(server.remedy);
    return [
      {
        messageId: admits,
        data: { product: ownText(product), clients: ownText(clients.name), because: ownText(because), remedy },
        span,
        caption: ownText(CAPTIONS[admits]),
        remedy,
        suggestions: [],
        related: [],
        threshold: 'minimum',
      },
    ];
  },
};

const CAPTIONS = {
  'only-plaintext': 'no encryption',
  plaintext: 'encrypted only if the client insists',
  'plaintext-passwords': 'passwords can be read on the way',
  anybody: 'no password, no encryption',
} as const;
