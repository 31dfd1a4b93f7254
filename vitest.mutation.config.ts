import { defineConfig } from 'vitest/config';
import all from './vitest.config.ts';

/** What mutants of core's drivers, policy and settings are run against: core's own tests of them, without those of time, which instrumented code takes more of. */
export default defineConfig({
  ...all,
  test: {
    ...all.test,
    include: ['packages/core/test/{drivers,policy,settings}/**/*.test.ts', 'packages/core/test/{explain,check}.test.ts'],
    testNamePattern: '^(?!.*linear time)',
  },
});
