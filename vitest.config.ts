import { defineConfig } from 'vitest/config';

// Tests run on the sources: the packages find each other by the first condition, so no build is
// needed. The rest are Vite's own defaults for Node, which a list given here replaces.
const conditions = ['@sslmode/source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/fixtures/**'],
    // Real servers and packed tarballs take their time on a machine that does other things as well.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
