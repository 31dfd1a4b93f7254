// npm run lab: measures every setting with every driver that can be run here, and writes measured/. With names, those
// alone; `changed` stands for those whose model, program or packages are others than when they were measured. With `new`,
// before names or alone, of what has not changed only the cells that nobody has measured yet.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import postgres from 'postgres';
import { NOT_TO_BE_HAD } from '../../tools/generators/swept.ts';
import { fingerprintOf } from './fingerprint.ts';
import { nameOf } from './cells.ts';
import { type Lab, type Measured, measure, openLab } from './measure.ts';
import { prepare } from './programs.ts';
import { LAB_DRIVERS, type LabDriver, nameOfDriver } from './roster.ts';
import { type AuthenticServer, PASSWORD, USER } from './server.ts';
import { cellsOf } from './sweeps.ts';

/** The longest that it may say nothing, in milliseconds, while there is something to say. */
const SILENCE = 10_000;
const folder = new URL('measured/', import.meta.url);
mkdirSync(folder, { recursive: true });
const isNewAlone = process.argv[2] === 'new';
const wanted = process.argv.slice(isNewAlone ? 3 : 2);
const known = new Set(['changed', ...LAB_DRIVERS.flatMap((driver) => [driver.id, nameOfDriver(driver)])]);
for (const word of wanted) if (!known.has(word)) throw new Error(`there is no ${word} here: ${[...known].join(', ')}`);

say('starting PostgreSQL and the impostors');
const lab = await openLab({ authentic: true });
const unmeasured: string[] = [];
try {
  if (lab.unavailable !== null) say(`without PostgreSQL itself, so nothing is written: ${lab.unavailable}`);
  if (lab.server !== null && wanted.length === 0 && !isNewAlone) writeFileSync(new URL(`postgresql@${lab.server.version}.settings.json`, folder), `${JSON.stringify(await settable(lab.server), null, 1)}\n`);
  for (const driver of LAB_DRIVERS) {
    const name = nameOfDriver(driver);
    const of = await fingerprintOf(driver);
    const file = recorded(name);
    const kept = isNewAlone && file?.of === of ? file.cells : [];
    if (isNewAlone && cellsOf(driver).map(nameOf).join('\n') === kept.map(nameOf).join('\n')) continue;
    if (wanted.length > 0 && !wanted.some((word) => word === name || word === driver.id || (word === 'changed' && file?.of !== of))) continue;
    try {
      await measureAll(driver, name, of, kept, lab);
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).trim().split('\n').slice(-3).join(' ');
      say(`${name}: not measured here: ${why}`);
      unmeasured.push(name);
      if (driver.optional !== true) process.exitCode = 1;
    }
  }
  if (wanted.length === 0) for (const [what, why] of NOT_TO_BE_HAD) say(`never measured, read only: ${what}: ${why}`);
  if (unmeasured.length > 0) say(`not measured here: ${unmeasured.join(', ')}`);
} finally {
  await lab.close();
}

/** The measured file of a driver; `undefined` where there is none. */
function recorded(name: string): { readonly of: string; readonly cells: readonly Measured[] } | undefined {
  const file = new URL(`${name}.json`, folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { of: string; cells: Measured[] }) : undefined;
}

/** `kept`: what is measured already, and still holds. */
async function measureAll(driver: LabDriver, name: string, of: string, kept: readonly Measured[], { server }: Lab): Promise<void> {
  await prepare(driver, (what) => {
    say(`${name}: ${what}`);
  });
  const known = new Map(kept.map((cell) => [nameOf(cell), cell]));
  const whole = cellsOf(driver);
  const sweep = whole.filter((cell) => !known.has(nameOf(cell)));
  const start = performance.now();
  let said = start;
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  say(`${name}: measuring ${sweep.length} cells`);
  const { version, cells } = await measure(driver, sweep, lab, (done) => {
    if (performance.now() - said < SILENCE) return;
    said = performance.now();
    say(`${name}: ${done} of ${sweep.length} cells in ${seconds()}`);
  });
  if (!(`${version} `.startsWith(`${driver.version} `) || version.startsWith(`${driver.version}.`))) throw new Error(`what runs here is ${version}`);
  for (const cell of cells) known.set(nameOf(cell), cell);
  const lines = whole.map((cell) => known.get(nameOf(cell))).map((cell) => `    ${JSON.stringify(cell)}`).join(',\n');
  if (server !== null) writeFileSync(new URL(`${name}.json`, folder), `{\n  "driver": "${driver.id}",\n  "version": "${driver.version}",\n  "measured": "${version}",\n  "of": "${of}",\n  "cells": [\n${lines}\n  ]\n}\n`);
  say(`${name}: ${cells.length} cells in ${seconds()}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The settings that this server lets a client set, in lower case: what may stand in a start-up message. */
async function settable({ port }: AuthenticServer): Promise<readonly string[]> {
  const sql = postgres({ host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres', max: 1 });
  const rows = await sql<{ name: string }[]>`select lower(name) as name from pg_settings where context in ('user', 'superuser', 'backend', 'superuser-backend') order by 1`;
  await sql.end();
  return rows.map(({ name }) => name);
}
