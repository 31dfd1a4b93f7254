// drizzle-kit's own way from a configuration file to a connection. Its commands are one bundle that exports nothing, and
// to start it for each connection takes seconds: what they call is taken out of it, up to where it would run a command.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileFunction, constants } from 'node:vm';
import { serve, taken } from './serve.ts';

interface Kit {
  /** Reads a file and checks what it says, as `migrate` does; ends the process where that is wrong. */
  prepareMigrateConfig(file: string): Promise<{ readonly credentials: unknown }>;
  preparePostgresDB(credentials: unknown): Promise<{ query(text: string): Promise<unknown> }>;
}

interface Pool {
  end(): Promise<void>;
  on(event: 'error', listener: () => void): void;
}

const require = createRequire(import.meta.url);
const bundle = join(dirname(require.resolve('drizzle-kit')), 'bin.cjs');
const { version } = JSON.parse(readFileSync(join(dirname(bundle), 'package.json'), 'utf8')) as { version: string };
const code = readFileSync(bundle, 'utf8').replace(/^#!.*/, '');
const end = code.lastIndexOf('\nrun([generate');
if (end < 0) throw new Error(`drizzle-kit ${version} runs its commands in another way`);
const take = compileFunction(`${code.slice(0, end)}\ninit_connections();\nreturn { prepareMigrateConfig, preparePostgresDB };`, ['require', 'module', 'exports', '__filename', '__dirname'], {
  filename: bundle,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}) as (...given: unknown[]) => Kit;
const kit = take(createRequire(bundle), { exports: {} }, {}, bundle, dirname(bundle));

/** Its commands leave what they have opened to the end of the process. */
const open = new Set<Pool>();
const pg = require('pg') as { Pool: new (config: object) => Pool };
pg.Pool = class extends pg.Pool {
  constructor(config: object) {
    super(config);
    open.add(this);
    this.on('error', () => undefined);
  }
};

const file = join(mkdtempSync(join(tmpdir(), 'drizzle-kit-')), 'drizzle.config.cjs');
writeFileSync(file, 'module.exports = globalThis.configuration;');
/** What it says on the way to its end; standard output is the lab's. */
let said: string[] = [];
console.log = (...words: unknown[]) => void said.push(words.join(' '));
const exit = process.exit.bind(process);

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const { dbCredentials, ...others } = rest;
  const address = string === null ? login : { url: string };
  Object.assign(globalThis, { configuration: { dialect: 'postgresql', ...others, dbCredentials: { ...address, ...(dbCredentials as object | undefined) } } });
  Reflect.deleteProperty(require.cache, file);
  said = [];
  process.exit = () => {
    throw new Error(said.join(' '));
  };
  try {
    const { credentials } = await kit.prepareMigrateConfig(file);
    await (await kit.preparePostgresDB(credentials)).query('select 1');
  } finally {
    process.exit = exit;
    for (const pool of open) await pool.end();
    open.clear();
  }
});
