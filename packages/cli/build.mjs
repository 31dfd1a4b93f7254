// Bundles the CLI, core and the libraries it reads with: one small file to start from, one for what
// every scan needs, and chunks for whatever is imported lazily. As CommonJS: Node starts its loader of ES modules
// for nothing else, and that takes a tenth of its own start (docs/performance.md).
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const folder = fileURLToPath(new URL('.', import.meta.url));
const dist = join(folder, 'dist');

/** With all that they import at once: what even the scan of one .env file needs. */
const EVERY_SCAN = /\/cli\/src\/(?:main|io|commands\/scan|reporters\/pretty)\.ts$|\/files\/dotenv\/reader\.ts$/;

const bundle = await rolldown({
  cwd: folder,
  input: { bin: 'src/bin.ts', index: 'src/index.ts' },
  platform: 'node',
  transform: { target: 'node20.19' },
  resolve: {
    conditionNames: ['@sslmode/source', 'import', 'node', 'default'],
    // yaml's entry for Node is CommonJS, which can neither be tree-shaken nor `require` Node's own
    // modules from an ES module. Its entry for browsers is the same code as ES modules.
    alias: { yaml: fileURLToPath(new URL('node_modules/yaml/browser/index.js', import.meta.url)) },
  },
  // Native: installed, not bundled.
  external: ['oxc-parser'],
  // What the one chunk of every scan holds is imported lazily by some and at once by others.
  checks: { ineffectiveDynamicImport: false },
});
const { output } = await bundle.write({
  dir: dist,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
  // What is loaded is paid for by every run, byte by byte and file by file (docs/performance.md). Names of functions stay: a
  // report of a bug names where it happened.
  minify: { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
  codeSplitting: { groups: [{ name: 'scan', test: EVERY_SCAN }] },
});

await removeOldChunks();
await copyRulePages();
// Whoever imports the package gets a module.
await writeFile(join(dist, 'index.js'), `export { ${output.find(({ fileName }) => fileName === 'index.cjs').exports.join(', ')} } from './index.cjs';\n`);
await writeFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), await licenses());

/** Only afterwards, so that a CLI running meanwhile still finds most of its chunks. */
async function removeOldChunks() {
  const current = new Set(output.map(({ fileName }) => fileName.split('/').at(-1)));
  for (const name of await readdir(join(dist, 'chunks')).catch(() => [])) {
    if (!current.has(name)) await rm(join(dist, 'chunks', name));
  }
}

/** For `sslmode rules RULE`, which reads them in the terminal. */
async function copyRulePages() {
  const from = join(folder, '../../docs/rules');
  await rm(join(dist, 'rules'), { recursive: true, force: true });
  await mkdir(join(dist, 'rules'));
  for (const name of await readdir(from)) {
    if (name !== 'README.md') await copyFile(join(from, name), join(dist, 'rules', name));
  }
}

/** The bundled libraries' licenses ask to go wherever their code goes. */
async function licenses() {
  const packages = new Set();
  for (const input of output.flatMap(({ moduleIds = [] }) => moduleIds)) {
    const [, path] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    if (path !== undefined) packages.add(path);
  }
  const texts = [];
  for (const path of [...packages].sort()) {
    const { name, version } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
    const file = (await readdir(path)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled, but has no license file`);
    texts.push(`${name} ${version}\n\n${(await readFile(join(path, file), 'utf8')).trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
