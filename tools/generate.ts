// pnpm generate: writes what has its home in code. CI runs it and fails where that changes a file.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DRIVERS, RULES } from '../packages/core/src/index.ts';
import { POLICY_SCHEMA } from '../packages/core/src/policy/schema.ts';
import { applicationCount, applicationTable } from './generators/applications.ts';
import { cliReference } from './generators/cli.ts';
import { comparison, frontPage, optionsComparison, upon } from './generators/comparison.ts';
import { driverPages } from './generators/drivers.ts';
import { GENERATED, between } from './generators/markdown.ts';
import { Measurements, measuredFiles } from './generators/measured.ts';
import { providerAdvice, providerTable } from './generators/providers.ts';
import { excerpt, exampleReport } from './generators/report.ts';
import { ruleHeader, ruleTable } from './generators/rules.ts';
import { spellings } from './generators/spellings.ts';
import { neverMeasured, sweptTable } from './generators/swept.ts';

const root = dirname(import.meta.dirname);

/** Rules whose findings may carry a suggestion. */
const SUGGESTING: readonly string[] = RULES.filter(({ aboutMode }) => aboutMode)
  .map(({ id }) => id)
  .concat('no-unknown-sslmode', 'no-ignored-setting', 'no-conflicting-settings', 'no-version-dependent-sslmode', 'no-global-tls-bypass', 'no-weak-tls-version');

write('packages/core/schemas/policy.json', `${JSON.stringify(POLICY_SCHEMA, null, 2)}\n`);

for (const rule of RULES) fill(`docs/rules/${rule.id}.md`, { header: ruleHeader(rule, SUGGESTING.includes(rule.id)) });
write('docs/rules/README.md', `${GENERATED}# Rules\n\nIds and texts are the same in the CLI and in ESLint, where the prefix is \`sslmode/\`.\n\n${ruleTable('')}`);

for (const [path, text] of driverPages(new Measurements(DRIVERS, measuredFiles()))) write(path, text);
removeOthers('docs/drivers', ['README', ...DRIVERS.map(({ id }) => id)]);
fill('docs/drivers/README.md', { strings: comparison(), options: optionsComparison(), upon: upon() });
fill('docs/measured.md', { swept: sweptTable(measuredFiles()), read: neverMeasured() });

fill('docs/providers.md', { providers: providerTable() });
fill('docs/applications.md', { count: applicationCount(), applications: applicationTable() });
fill('docs/tls.md', { advice: providerAdvice() });
fill('docs/root-certificates.md', { spellings: spellings() });
fill('docs/cli.md', { reference: cliReference() });

const report = await exampleReport(root);
write('docs/example-report.txt', report);
const shown = excerpt(report, ['examples/.env.production:2', 'examples/reports/.env.production:2', 'examples/src/db.js']);
fill('README.md', { same: frontPage(), report: shown, rules: ruleTable('docs/rules/') });

function fill(path: string, parts: Readonly<Record<string, string>>): void {
  let text = readFileSync(join(root, path), 'utf8');
  for (const [name, body] of Object.entries(parts)) text = between(text, name, body);
  write(path, text);
}

/** Leaves files alone that would not change: their times mean something to others. */
function write(path: string, text: string): void {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A page of a driver that there is no more. */
function removeOthers(folder: string, names: readonly string[]): void {
  for (const name of readdirSync(join(root, folder))) {
    if (name.endsWith('.md') && !names.includes(name.slice(0, -'.md'.length))) rmSync(join(root, folder, name));
  }
}
