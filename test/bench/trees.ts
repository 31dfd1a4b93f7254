// Trees to measure on, made here: the same bytes on every machine.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Outside of this checkout: its .gitignore and manifests must not count. */
const FOLDER = join(tmpdir(), 'sslmode-bench');

/** A tree that was made. */
export interface BenchTree {
  readonly name: string;
  readonly path: string;
  readonly git: boolean;
}

/** Mulberry32: small, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Maker {
  readonly random = random(1);

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  /** Sizes of source files: most are small, few are large. */
  lines(median: number): number {
    return Math.min(4000, Math.round(median * Math.exp((this.random() + this.random() + this.random() - 1.5) * 2)));
  }
}

const WORDS = ['account', 'cache', 'client', 'config', 'context', 'event', 'file', 'handler', 'index', 'item', 'list', 'message', 'order', 'page', 'queue', 'request', 'result', 'route', 'session', 'state', 'store', 'user', 'value', 'view'];

function code(maker: Maker, lines: number): string {
  const text: string[] = ["import { useMemo } from 'react';", "import type { Context } from '../context';", ''];
  if (maker.chance(0.01)) text.push("import { Pool } from 'pg';", "export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } });");
  for (let line = 0; line < lines; line++) {
    const [a, b, c] = [maker.pick(WORDS), maker.pick(WORDS), maker.pick(WORDS)];
    text.push(
      maker.pick([
        `export function ${a}${line}(${b}: string): string {\n  const found = read(${b}, '${c}');\n  if (found === null) return '${a}';\n  return found;\n}`,
        `export const ${a}${line} = (items: readonly Context[]): string[] => items.map(({ ${b} }) => ${b} ?? '${c}');`,
        `// The ${a} of a ${b} is read before its ${c}.`,
        `if (settings.${a}.${b} === '${c}') throw new Error('The ${b} has no ${c}');`,
        '',
      ]),
    );
  }
  return text.join('\n');
}

function data(maker: Maker, lines: number): string {
  const rows = Array.from({ length: lines }, (_, row) => `  { "id": ${row}, "${maker.pick(WORDS)}": "${maker.pick(WORDS)} ${maker.pick(WORDS)}", "size": ${Math.floor(maker.random() * 1000)} }`);
  return `[\n${rows.join(',\n')}\n]\n`;
}

function dotenv(maker: Maker): string {
  const lines = ['NODE_ENV=production', 'LOG_LEVEL=info', `PORT=${3000 + Math.floor(maker.random() * 1000)}`];
  if (maker.chance(0.5)) lines.push(`DATABASE_URL=postgres://app:s3cret-${Math.floor(maker.random() * 1e6)}@db${Math.floor(maker.random() * 50)}.example.net:5432/app${maker.pick(['', '?sslmode=require', '?sslmode=disable', '?sslmode=verify-full'])}`);
  for (let line = 0; line < maker.lines(12); line++) lines.push(`${maker.pick(WORDS).toUpperCase()}_${maker.pick(WORDS).toUpperCase()}=${maker.pick(WORDS)}-${line}`);
  return `${lines.join('\n')}\n`;
}

function deployment(maker: Maker): string {
  const name = `${maker.pick(WORDS)}-${maker.pick(WORDS)}`;
  const env = maker.chance(0.3) ? `            - name: PGHOST\n              value: ${name}-db.prod.svc.cluster.local\n            - name: PGSSLMODE\n              value: ${maker.pick(['require', 'verify-full', 'prefer'])}\n` : '';
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  labels:\n    app.kubernetes.io/name: ${name}\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n        - name: ${name}\n          image: registry.example.com/${name}:1.${Math.floor(maker.random() * 90)}.0\n          ports:\n            - containerPort: 8080\n          env:\n            - name: LOG_LEVEL\n              value: info\n${env}          resources:\n            requests:\n              cpu: 100m\n              memory: 128Mi\n          readinessProbe:\n            httpGet:\n              path: /healthz\n              port: 8080\n`;
}

function workflow(maker: Maker): string {
  const services = maker.chance(0.2) ? '    services:\n      postgres:\n        image: postgres:16\n        env:\n          POSTGRES_PASSWORD: postgres\n    env:\n      DATABASE_URL: postgres://postgres:postgres@localhost:5432/test\n' : '';
  const steps = Array.from({ length: maker.lines(6) }, () => `      - name: ${maker.pick(WORDS)} the ${maker.pick(WORDS)}\n        run: npm run ${maker.pick(WORDS)} -- --${maker.pick(WORDS)}\n`);
  return `name: ${maker.pick(WORDS)}\non:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: ubuntu-latest\n${services}    steps:\n      - uses: actions/checkout@v4\n${steps.join('')}`;
}

function values(maker: Maker): string {
  const blocks = Array.from({ length: maker.lines(14) }, (_, block) => `${maker.pick(WORDS)}${block}:\n  enabled: ${String(maker.chance(0.5))}\n  image:\n    repository: registry.example.com/${maker.pick(WORDS)}\n    tag: "${block}.0"\n  # How many of them are started.\n  replicas: ${block}\n`);
  const database = maker.chance(0.2) ? 'externalDatabase:\n  host: db.example.net\n  port: 5432\n  user: app\n  database: app\n  sslmode: require\n' : '';
  return blocks.join('') + database;
}

function translations(maker: Maker): string {
  return Array.from({ length: maker.lines(60) }, (_, line) => `${maker.pick(WORDS)}_${line}: "${maker.pick(WORDS)} ${maker.pick(WORDS)} ${maker.pick(WORDS)}"\n`).join('');
}

const YAML = [deployment, deployment, workflow, values, translations];

/** A file of a monorepo by its number: 5 % are .env or YAML. Six lie in a folder, as in those that we know. */
function monorepoFile(maker: Maker, number: number, count: number): readonly [path: string, content: string | Uint8Array] {
  const app = `apps/app-${number % 97}`;
  const name = `${maker.pick(WORDS)}-${number}`;
  if (number < count / 60) return [`${app}/${number % 7 === 0 ? '.env' : `.env.${name}`}`, dotenv(maker)];
  if (number < count / 20) return [`${maker.pick([`${app}/deploy`, '.github/workflows', `charts/${name}`])}/${name}.yaml`, maker.pick(YAML)(maker)];
  const folder = `${app}/src/${maker.pick(WORDS)}/${maker.pick(WORDS.slice(0, 4))}`;
  const share = maker.random();
  if (share < 0.62) return [`${folder}/${name}.${maker.pick(['ts', 'ts', 'tsx', 'js'])}`, code(maker, maker.lines(70))];
  if (share < 0.7) return [`${folder}/${name}.json`, data(maker, maker.lines(30))];
  if (share < 0.76) return [`${folder}/${name}.md`, code(maker, maker.lines(40))];
  if (share < 0.84) return [`${folder}/${name}.${maker.pick(['css', 'scss', 'html'])}`, code(maker, maker.lines(50))];
  if (share < 0.88) return [`${folder}/${name}.snap`, code(maker, maker.lines(120))];
  if (share < 0.92) return [`${folder}/${name}.${maker.pick(['py', 'go', 'sh', 'tf'])}`, code(maker, maker.lines(60)).replaceAll('//', '#')];
  return [`${folder}/${name}.${maker.pick(['svg', 'png'])}`, Uint8Array.from({ length: 2000 }, () => maker.random() * 256)];
}

/** Makes files once: their folder is kept for the next run. */
function make(name: string, git: boolean, files: () => Iterable<readonly [path: string, content: string | Uint8Array]>): BenchTree {
  const path = join(FOLDER, name);
  const done = `${path}.done`;
  if (!existsSync(done)) {
    rmSync(path, { recursive: true, force: true });
    const made = new Set<string>();
    for (const [file, content] of files()) {
      const folder = dirname(join(path, file));
      if (!made.has(folder)) mkdirSync(folder, { recursive: true });
      made.add(folder);
      writeFileSync(join(path, file), content);
    }
    if (git) commit(path);
    closeSync(openSync(done, 'w'));
  }
  return { name, path, git };
}

function commit(path: string): void {
  const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'commit.gpgsign=false', '-c', 'core.looseCompression=0', '-c', 'core.fsync=none', ...args], { cwd: path, stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', 'All of it');
}

/** A monorepo; 60,000 files with 3,000 .env and YAML files among them, unless another number is asked for. */
export function monorepo(count = 60_000, git = true): BenchTree {
  return make(`monorepo-${count}${git ? '-git' : ''}`, git, function* () {
    const maker = new Maker();
    yield ['package.json', '{ "private": true, "dependencies": { "pg": "^8.11.0" } }\n'];
    yield ['.gitignore', 'node_modules/\ndist/\n*.log\n'];
    for (let number = 0; number < count; number++) yield monorepoFile(maker, number, count);
  });
}

/** An application of code alone, for ESLint: one file in a hundred connects, one in thirty speaks of PostgreSQL. */
export function application(count = 3000): BenchTree {
  return make(`application-${count}`, false, function* () {
    const maker = new Maker();
    yield ['package.json', '{ "private": true, "dependencies": { "pg": "^8.11.0" } }\n'];
    for (let number = 0; number < count; number++) {
      const path = `src/${maker.pick(WORDS)}/${maker.pick(WORDS)}-${number}.${maker.pick(['ts', 'ts', 'tsx', 'js'])}`;
      const text = code(maker, maker.lines(60)).replaceAll(path.endsWith('.js') ? /: (?:readonly Context\[\]|string\[\]|string)|^import type .*$/gm : /^$(?!\n)/gm, '');
      yield [path, maker.chance(1 / 30) ? `${text}\n// As the postgres driver does it.\n` : text];
    }
  });
}

/** 500 MB: 120 files of 4 MB, which are read, and two beyond the default limit. */
export function large(): BenchTree {
  return make('large', false, function* () {
    const maker = new Maker();
    const chunk = { json: data(maker, 10_000), yaml: translations(maker).repeat(150), sql: code(maker, 9000) };
    const fill = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes);
    for (let number = 0; number < 120; number++) {
      const kind = maker.pick(['json', 'json', 'yaml', 'env'] as const);
      const text = fill(kind === 'env' ? dotenv(maker) : chunk[kind], 4_000_000);
      yield [`data/${number % 10}/${number}.${kind}`, number % 10 === 0 ? `${text}\nDATABASE_URL: postgres://app:secret@db.example.net/app\n` : text];
    }
    for (const number of [0, 1]) yield [`huge/${number}.env`, fill(dotenv(maker), 20_000_000)];
  });
}

/** 600 folders in each other, a .env file in each. */
export function deep(): BenchTree {
  return make('deep', false, function* () {
    const maker = new Maker();
    let folder = 'd';
    for (let depth = 0; depth < 600; depth++) {
      yield [`${folder}/.env`, dotenv(maker)];
      folder += '/d';
    }
  });
}

/** A repository in which one changed .env file is staged. */
export function staged(): BenchTree {
  const tree = make('staged', true, function* () {
    const maker = new Maker();
    for (let number = 0; number < 200; number++) yield monorepoFile(maker, number, 200);
  });
  const file = openSync(join(tree.path, '.env'), 'w');
  writeSync(file, 'DATABASE_URL=postgres://app:secret@db.example.net/app?sslmode=disable\n');
  closeSync(file);
  execFileSync('git', ['add', '--force', '.env'], { cwd: tree.path });
  return tree;
}
