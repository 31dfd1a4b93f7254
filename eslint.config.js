import js from '@eslint/js';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Which way imports may go: cli and eslint-plugin import core, core imports neither, and they never
// import each other. (A relative path out of a package is already refused by its tsconfig's rootDir.)

/** @sslmode/core is pure: it runs in a browser. Hence no `node:` module and no package but yaml. */
const inCore = {
  regex: String.raw`^(?!\.{1,2}/|yaml$)`,
  message: 'core imports its own files and yaml, nothing else.',
};
const lazyParts = {
  regex: String.raw`^(\.{1,2}/)+(files|code|project)/`,
  message: '/files, /code and /project load only when asked for: nothing outside them imports them.',
};
const inPlugin = { regex: '^sslmode(/|$)', message: 'The plugin imports core only.' };
const inCli = {
  regex: '^(eslint|eslint-plugin-.*|@eslint/.*|@typescript-eslint/.*)(/|$)',
  message: 'The CLI imports core only.',
};

/** Nothing but `sslmode probe` connects to anything. The rule about imports doesn't see `import()`. */
const sockets = {
  regex: '^(node:)?(net|tls|https?|http2|dgram|dns|inspector|cluster)(/|$)',
  message: 'Only packages/cli/src/probe opens a socket.',
};
const lazySockets = {
  selector: `ImportExpression[source.value=/${sockets.regex.replaceAll('/', String.raw`\u002f`)}/]`,
  message: sockets.message,
};
const networkGlobals = ['fetch', 'WebSocket', 'EventSource'].map((name) => ({ name, message: sockets.message }));

export default defineConfig(
  globalIgnores(['**/dist/', '**/fixtures/', 'examples/', 'test/corpus/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // A number in a message is no mistake.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [inCore, lazyParts] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'console'],
    },
  },
  {
    files: ['packages/core/src/{files,code,project}/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [inCore] }] },
  },
  {
    files: ['packages/cli/src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [inCli, sockets] }],
      'no-restricted-syntax': ['error', lazySockets],
      'no-restricted-globals': ['error', ...networkGlobals],
    },
  },
  {
    files: ['packages/cli/src/probe/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [inCli] }],
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['packages/eslint-plugin/src/**/*.ts'],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [inPlugin, sockets],
          paths: [
            {
              name: '@typescript-eslint/utils',
              allowTypeImports: true,
              message: 'The whole of it takes half a second to load: import its subpaths.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['packages/eslint-plugin/test/**/*.ts'],
    extends: [eslintPlugin.configs.recommended],
  },
  {
    // Plain scripts of Node, without types.
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { process: 'readonly', performance: 'readonly', URL: 'readonly', console: 'readonly' },
    },
  },
);
