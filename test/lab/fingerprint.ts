import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, build } from 'esbuild';
// The models themselves, not only what they say: core exports no packages.
import { driverOf } from '../../packages/core/src/drivers/index.ts';
import type { LabDriver } from './roster.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const models = ['drivers', 'wrappers'].map((name) => join(root, 'packages/core/src', name));

/**
 * What a measurement is of, in a few letters: the model that was held against it (without its comments), the program that
 * ran the driver, and the driver's npm packages as they are installed, down to the last dependency. Where it is another
 * one than the measured file's, all of that is measured anew.
 */
export async function fingerprintOf(driver: LabDriver): Promise<string> {
  const hash = createHash('sha256');
  hash.update(await modelOf(driver));
  hash.update(readFileSync(join(root, 'test/lab/drivers', driver.program)));
  for (const name of packagesOf(driver).sort()) hash.update(`${name}\n`);
  return hash.digest('hex').slice(0, 12);
}

/** Keeps out of a bundle what is no model: how strings are read has tests of its own. */
const modelsAlone: Plugin = {
  name: 'models alone',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => (models.some((folder) => join(resolveDir, path).startsWith(folder)) ? undefined : { path, external: true }));
  },
};

/** The code of a driver's model, with the drivers and wrappers that it imports. */
async function modelOf({ id }: LabDriver): Promise<string> {
  const files = models.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  const file = files.find((candidate) => readFileSync(candidate, 'utf8').includes(`id: '${id}'`));
  if (file === undefined) throw new Error(`no model in packages/core/src says id: '${id}'`);
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, write: false, format: 'esm', platform: 'node', minifyWhitespace: true, logLevel: 'error', plugins: [modelsAlone] });
  return outputFiles.map(({ text }) => text).join('\n');
}

/** `name@version` of the packages of a driver, of the one that does a wrapper's work, and of all that they depend on. */
function packagesOf({ id, argument }: LabDriver): string[] {
  const model = driverOf(id);
  const under = model?.sameAs === undefined ? undefined : driverOf(model.sameAs);
  const found = new Map<string, string>();
  const visit = (name: string, from: string): void => {
    const folder = createRequire(join(from, 'package.json')).resolve.paths(name)?.map((modules) => join(modules, name)).find(existsSync);
    if (folder === undefined) return;
    const real = realpathSync(folder);
    if (found.has(real)) return;
    const { version, dependencies, peerDependencies } = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')) as { version: string; dependencies?: object; peerDependencies?: object };
    found.set(real, `${name}@${version}`);
    for (const needed of Object.keys({ ...dependencies, ...peerDependencies })) visit(needed, real);
  };
  for (const name of [...(argument === undefined ? [] : [argument]), ...(model?.packages.npm ?? []), ...(under?.packages.npm ?? [])]) visit(name, root);
  return [...found.values()];
}
