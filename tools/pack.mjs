// Packs the three packages as they would be published, and prints the tarballs' paths as JSON.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, pnpm, root } from './setup.mjs';

/** Returns the tarballs' paths. What else lies in `destination` is removed. */
export async function pack(destination = join(root, 'node_modules/.cache/packed')) {
  await build();
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  await pnpm(['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', destination]);
  return readdirSync(destination).map((name) => join(destination, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await pack(process.argv[2]))}\n`);
}
