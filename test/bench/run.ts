// pnpm bench [CHECKOUT...]: how long a scan takes beside what else reads the same files, in one run. What the
// machine does meanwhile hits all alike, so only the ratios say something. And what our rules cost in ESLint.
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ruleTime, YARDSTICK } from './eslint.ts';
import { peakMemory, timeAll, type Command, type Time } from './measure.ts';
import { bareNode, ours, tools, type Files } from './tools.ts';
import { application, deep, large, monorepo, staged, type BenchTree } from './trees.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' }, fast: { type: 'boolean', default: false } } });
const rounds = Number(values.rounds);

/** `--fast` leaves out what only stands beside us and takes minutes. */
const SLOW = ['secretlint', 'ast-grep'];

async function compare(title: string, command: Command, others: readonly Command[], missing: readonly string[] = []): Promise<void> {
  const times = timeAll([command, ...others], rounds);
  const memory = await peakMemory(command);
  const own = times.get(command);
  process.stdout.write(`\n${title}\n`);
  line(command.name, own ?? null, memory === null ? '' : `${Math.round(memory)} MB`);
  for (const other of others) {
    const time = times.get(other) ?? null;
    line(other.name, time, time === null || own == null ? '' : `${(own.wall / time.wall).toFixed(2)}x its wall time, ${(own.cpu / time.cpu).toFixed(2)}x its CPU time`);
  }
  for (const text of missing) process.stdout.write(`  ${text}\n`);
}

function line(name: string, time: Time | null, note: string): void {
  const figures = time === null ? 'took too long' : `${time.wall.toFixed(3)} s wall  ${time.cpu.toFixed(3)} s CPU`;
  process.stdout.write(`  ${name.padEnd(24)}${figures.padEnd(32)}${note}\n`);
}

async function scanOf(tree: BenchTree, files: Files, more: readonly string[] = []): Promise<void> {
  const all = tools(files).filter(({ name }) => !values.fast || !SLOW.includes(name));
  const missing = all.flatMap((tool) => ('missing' in tool ? [`${tool.name.padEnd(24)}not here: ${tool.missing}`] : []));
  const others = all.flatMap((tool) => ('command' in tool ? [tool.command(tree.path)] : []));
  await compare(`${tree.name}${tree.git ? ' (git checkout)' : ''}: ${files === 'all' ? 'all kinds of files' : '.env and YAML'}`, ours(files, tree.path, more), others, missing);
}

async function rulesOf(tree: BenchTree): Promise<void> {
  const { files, ours, yardstick } = await ruleTime(tree.path);
  process.stdout.write(`\n${tree.name}: ${files} files of code in ESLint, rule time by its own count\n`);
  process.stdout.write(`  all rules of sslmode    ${ours.toFixed(0)} ms\n  ${YARDSTICK.padEnd(24)}${yardstick.toFixed(0)} ms${(ours / yardstick).toFixed(2).padStart(12)}x its time\n`);
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  start: async () => {
    const tree = staged();
    await compare('one staged file', ours('all', tree.path, ['--staged']), [bareNode(tree.path)]);
    await compare('one named file', ours('all', tree.path, [], '.env'), [bareNode(tree.path)]);
  },
  git: async () => {
    const tree = monorepo();
    await scanOf(tree, 'env-yaml');
    await scanOf(tree, 'all');
  },
  plain: async () => {
    await scanOf(monorepo(60_000, false), 'env-yaml');
  },
  large: async () => {
    await scanOf(large(), 'all');
    await scanOf(large(), 'all', ['--max-file-size', '50']);
  },
  deep: async () => {
    await scanOf(deep(), 'env-yaml');
  },
  eslint: async () => {
    await rulesOf(application());
  },
  growth: async () => {
    for (const count of [1_000, 10_000, 60_000]) {
      const tree = monorepo(count, false);
      const command = ours('all', tree.path);
      const time = timeAll([command], rounds).get(command) ?? null;
      line(`${count} files`, time, time === null ? '' : `${((time.wall / count) * 1e6).toFixed(0)} µs a file, ${Math.round((await peakMemory(command)) ?? 0)} MB`);
    }
  },
};

if (positionals.length > 0) {
  for (const path of positionals) {
    const tree = { name: basename(resolve(path)), path: resolve(path), git: false };
    if (values.only !== 'eslint') {
      await scanOf(tree, 'env-yaml');
      await scanOf(tree, 'all');
    }
    await rulesOf(tree);
  }
} else {
  for (const [name, part] of Object.entries(parts)) if (values.only === undefined || values.only === name) await part();
}
