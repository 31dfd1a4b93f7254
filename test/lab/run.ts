// npm run lab: measures every setting with every driver that can be run here, and writes measured/.
import { mkdirSync, writeFileSync } from 'node:fs';
import postgres from 'postgres';
import { measure, openLab } from './measure.ts';
import { LAB_DRIVERS, bring, nameOfDriver } from './roster.ts';
import { type AuthenticServer, PASSWORD, USER } from './server.ts';
import { cellsOf } from './sweeps.ts';

const folder = new URL('measured/', import.meta.url);
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const lab = await openLab({ authentic: true });
try {
  if (lab.unavailable !== null) process.stdout.write(`without PostgreSQL itself, so nothing was written: ${lab.unavailable}\n`);
  if (lab.server !== null && wanted.length === 0) writeFileSync(new URL(`postgresql@${lab.server.version}.settings.json`, folder), `${JSON.stringify(await settable(lab.server), null, 1)}\n`);
  for (const driver of LAB_DRIVERS) {
    const name = nameOfDriver(driver);
    if (wanted.length > 0 && !wanted.some((word) => word === name || word === driver.id)) continue;
    const start = performance.now();
    try {
      bring(driver);
      const { version, cells } = await measure(driver, cellsOf(driver), lab);
      if (version !== driver.version && !version.startsWith(`${driver.version}.`)) throw new Error(`what runs here is ${version}`);
      const lines = cells.map((cell) => `    ${JSON.stringify(cell)}`).join(',\n');
      if (lab.server !== null) writeFileSync(new URL(`${name}.json`, folder), `{\n  "driver": "${driver.id}",\n  "version": "${driver.version}",\n  "measured": "${version}",\n  "cells": [\n${lines}\n  ]\n}\n`);
      process.stdout.write(`${name}: ${cells.length} cells in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    } catch (error) {
      if (driver.optional !== true) throw error;
      process.stdout.write(`${name}: not measured here (${error instanceof Error ? error.message : String(error)})\n`);
    }
  }
} finally {
  await lab.close();
}

/** The settings that this server lets a client set, in lower case: what may stand in a start-up message. */
async function settable({ port }: AuthenticServer): Promise<readonly string[]> {
  const sql = postgres({ host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres', max: 1 });
  const rows = await sql<{ name: string }[]>`select lower(name) as name from pg_settings where context in ('user', 'superuser', 'backend', 'superuser-backend') order by 1`;
  await sql.end();
  return rows.map(({ name }) => name);
}
