import { RuleTester as TypescriptRuleTester } from '@typescript-eslint/rule-tester';
import { RuleTester } from 'eslint';
import { RuleTester as RuleTester9 } from 'eslint9';
import { afterAll, describe, it } from 'vitest';

// Both find vitest without its globals.
TypescriptRuleTester.afterAll = afterAll;
TypescriptRuleTester.describe = describe;
TypescriptRuleTester.it = it;
TypescriptRuleTester.itOnly = it.only;
for (const Tester of [RuleTester, RuleTester9]) Object.assign(Tester, { describe, it, itOnly: it.only });

export { RuleTester, RuleTester9, TypescriptRuleTester };
