// Stryker's test runner for core. Vitest starts a worker and brings it every module anew for each mutant: more than a
// second. Here the tests are one script that is compiled once and run afresh for each mutant, in this process.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { prose } from './prose.mjs';

const CORE = 'packages/core';

/** The tests that mutants are held against: core's own, and what drivers were measured to do. */
const TESTS = /^(?:packages\/core\/test\/(?:(?:drivers|policy|settings)\/.+|check|explain)|test\/lab\/models)\.test\.ts$/;
/** Of time: mutants' code is a multiple slower without being wrong. */
const OF_TIME = /linear time|little time|^hostile/;

/** Of a file with more tests than these, a mutant meets a part that spreads over all of them. */
const MOST = 1_000;

/** Options may stand before it, or behind. */
const bodyOf = (rest) => rest.find((part) => typeof part === 'function');

/** `describe`, `it` and the hooks of Vitest, as far as core's tests use them: what they are called with is kept. */
function collector(expect) {
  const files = [];
  const suites = [];
  const register = (title, body) => {
    const file = files.at(-1);
    const name = [...suites, title].join(' ');
    // Rows of a table may have one title.
    if (!OF_TIME.test(name)) file.tests.push({ id: `${file.name}: ${name} (${String(file.tests.length)})`, name, body });
  };
  const describe = (title, ...rest) => {
    suites.push(title);
    bodyOf(rest)();
    suites.pop();
  };
  const it = (title, ...rest) => register(title, bodyOf(rest));
  const hook = (kind) => (body) => files.at(-1)[kind].push(body);
  describe.for = (rows) => (title, ...rest) => rows.forEach((row) => describe(title, () => bodyOf(rest)(row)));
  it.for = (rows) => (title, ...rest) => rows.forEach((row) => it(title, () => bodyOf(rest)(row, { expect })));
  const vitest = { describe, it, expect, beforeAll: hook('before'), afterAll: hook('after'), beforeEach: hook('beforeEach'), afterEach: hook('afterEach') };
  return { files, vitest, begin: (name) => files.push({ name, tests: [], before: [], after: [], beforeEach: [], afterEach: [] }) };
}

/** A test with its own address written into it, as a script has none: some read the files beside them. */
function addressed({ path }) {
  return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
}

async function failureOf({ beforeEach, afterEach }, { body }) {
  try {
    await inTurn([...beforeEach, body, ...afterEach]);
    return undefined;
  } catch (error) {
    return error;
  }
}

function spread(tests) {
  const stride = Math.ceil(tests.length / MOST);
  return tests.filter((_, at) => at % stride === 0);
}

async function inTurn(bodies) {
  for (const body of bodies) await body();
}

/** `expect` as Vitest puts it together, from the package that it has it from. */
async function expectOfVitest() {
  const ofVitest = createRequire(createRequire(import.meta.url).resolve('vitest'));
  const expecting = await import(pathToFileURL(ofVitest.resolve('@vitest/expect')).href);
  const chai = await import(pathToFileURL(createRequire(ofVitest.resolve('@vitest/expect')).resolve('chai')).href);
  const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
  globalThis[expecting.GLOBAL_EXPECT] = expect;
  expecting.setState({}, expect);
  for (const plugin of [expecting.JestExtend, expecting.JestChaiExpect, expecting.JestAsymmetricMatchers]) chai.use(plugin);
  return Object.assign(expect, chai.expect);
}

class Runner {
  /** What instrumented code asks for the mutant that is on, and tells what it has passed. */
  #stryker = (globalThis.__stryker__ ??= {});
  /** How long each file took at most: what is quick to fail comes first. */
  #took = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // Of generated values, fewer are enough to tell most mutants.
    Object.assign(process.env, { SSLMODE_RUNS: '500', SSLMODE_SEED: '1' });
    const names = ['test/lab', `${CORE}/test`].flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)).filter((name) => TESTS.test(name));
    const { outputFiles } = await build({
      stdin: { contents: names.map((name) => `if (begin(${JSON.stringify(name)})) require(${JSON.stringify(`./${name}`)});`).join('\n'), resolveDir: process.cwd() },
      // Its own is that of when it was loaded: the original, not what is mutated.
      absWorkingDir: process.cwd(),
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      // Else it is found by the link in node_modules, which leads to the original.
      alias: { '@sslmode/core': join(process.cwd(), CORE, 'src/index.ts') },
      packages: 'external',
      plugins: [{ name: 'address', setup: ({ onLoad }) => onLoad({ filter: /\.test\.ts$|measured\.ts$/ }, addressed) }],
    });
    const script = compileFunction(outputFiles[0].text, ['require', 'begin', 'module']);
    const expect = await expectOfVitest();
    const require = createRequire(join(process.cwd(), CORE, 'package.json'));
    this.load = (isWanted = () => true) => {
      const { files, vitest, begin } = collector(expect);
      script((name) => (name === 'vitest' ? vitest : require(name)), (name) => isWanted(name) && begin(name), {});
      return files;
    };
  }

  async dryRun() {
    const tests = [];
    for (const file of this.load()) {
      await inTurn(file.before);
      for (const test of file.tests) {
        this.#stryker.currentTestId = test.id;
        const started = performance.now();
        const error = await failureOf(file, test);
        this.#stryker.currentTestId = undefined;
        const result = { id: test.id, name: test.name, fileName: file.name, timeSpentMs: performance.now() - started };
        tests.push(error === undefined ? { ...result, status: 0 } : { ...result, status: 1, failureMessage: String(error) });
      }
      await inTurn(file.after);
    }
    return { status: 'complete', tests, mutantCoverage: this.#stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, testFilter }) {
    Object.assign(this.#stryker, { activeMutant: mutantActivation === 'static' ? activeMutant.id : undefined, hitCount: 0, hitLimit });
    const chosen = new Set(testFilter);
    const chosenFiles = new Set(testFilter?.map((id) => id.split(':', 1)[0]));
    let nrOfTests = 0;
    try {
      const files = this.load((name) => testFilter === undefined || chosenFiles.has(name)).toSorted((one, other) => (this.#took.get(one.name) ?? 0) - (this.#took.get(other.name) ?? 0));
      this.#stryker.activeMutant = activeMutant.id;
      for (const file of files) {
        const tests = spread(file.tests.filter(({ id }) => testFilter === undefined || chosen.has(id)));
        const started = performance.now();
        await inTurn(file.before);
        try {
          for (const test of tests) {
            nrOfTests += 1;
            const error = await failureOf(file, test);
            if (this.#stryker.hitCount > hitLimit) return { status: 'timeout', reason: `hit ${String(hitLimit)} times` };
            if (error !== undefined) return { status: 'killed', killedBy: [test.id], failureMessage: String(error), nrOfTests };
          }
        } finally {
          await inTurn(file.after);
          this.#took.set(file.name, Math.max(this.#took.get(file.name) ?? 0, performance.now() - started));
        }
      }
      return { status: 'survived', nrOfTests };
    } catch (error) {
      return { status: 'killed', killedBy: [], failureMessage: String(error), nrOfTests };
    } finally {
      this.#stryker.activeMutant = undefined;
    }
  }
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'inside', injectableClass: Runner },
  { kind: 'Ignore', name: 'prose', value: prose },
];
