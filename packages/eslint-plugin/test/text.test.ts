import sslmode from '../src/index.ts';
import { RuleTester, RuleTester9 } from './rule-tester.ts';

const plaintext = sslmode.rules?.['no-plaintext'];
if (plaintext === undefined) throw new Error('no rule');

for (const [version, Tester] of [['ESLint 10', RuleTester], ['ESLint 9', RuleTester9 as unknown as typeof RuleTester]] as const) {
  const tester = new Tester({ plugins: { sslmode: sslmode }, language: 'sslmode/text' });
  tester.run(`no-plaintext in .env, ${version}`, plaintext, {
    valid: [
      { filename: '.env', code: '' },
      { filename: '.env', code: 'DATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=verify-full\n' },
      { filename: '.env', code: 'DATABASE_URL=postgres://u:p@localhost/app?sslmode=disable\n' },
      { filename: '.env', code: '# sslmode-ignore no-plaintext -- a test server\nDATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=disable\n' },
      { filename: '.env', code: '#DATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=disable\n' },
      // Not a file that core knows, whatever language it is given.
      { filename: 'notes.txt', code: 'DATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=disable\n' },
    ],
    invalid: [
      {
        filename: '.env',
        code: '# the database\nDATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=disable\n',
        errors: [
          {
            messageId: 'disable',
            line: 2,
            column: 53,
            endLine: 2,
            endColumn: 60,
            suggestions: [{ messageId: 'suggestion', output: '# the database\nDATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=verify-full\n' }],
          },
        ],
      },
      {
        filename: 'staging.env',
        code: 'A=1\r\nDATABASE_URL="postgres://u:p@db.acme.com/app?sslmode=disable"\r\n',
        errors: [{ messageId: 'disable', line: 2, column: 54, endLine: 2, endColumn: 61, suggestions: [{ messageId: 'suggestion', output: 'A=1\r\nDATABASE_URL="postgres://u:p@db.acme.com/app?sslmode=verify-full"\r\n' }] }],
      },
      {
        filename: '.env.production',
        code: '\uFEFFDATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=disable',
        errors: [{ messageId: 'disable', line: 1, column: 53, endLine: 1, endColumn: 60, suggestions: [{ messageId: 'suggestion', output: '\uFEFFDATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=verify-full' }] }],
      },
      {
        filename: '.env',
        code: 'PGHOST=db.acme.com\nPGSSLMODE=disable\n',
        errors: [{ messageId: 'disable', line: 2, column: 11, endLine: 2, endColumn: 18, suggestions: [{ messageId: 'suggestion', output: 'PGHOST=db.acme.com\nPGSSLMODE=verify-full\n' }] }],
      },
    ],
  });
}
