import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { COMMANDS } from '../src/commands.ts';
import type { Io } from '../src/io.ts';
import { main } from '../src/main.ts';
import { run } from './support.ts';

describe('help and version', () => {
  it('prints the version', async () => {
    for (const argv of [['--version'], ['-V'], ['scan', '--version'], ['explain', '-V']]) {
      expect(await run('/', argv)).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
    }
  });

  it('lists the commands', async () => {
    const { code, stdout, stderr } = await run('/', ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { usage, summary } of COMMANDS) {
      expect(stdout).toContain(usage);
      expect(stdout).toContain(summary);
    }
    expect(await run('/', ['help'])).toEqual({ code: 0, stdout, stderr: '' });
    expect(await run('/', [])).toEqual({ code: 2, stdout: '', stderr: stdout });
  });

  it.for(COMMANDS)('explains $name, whatever else is wrong', async (command) => {
    const { code, stdout } = await run('/', [command.name, '--no-such-option', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: sslmode ${command.name}`));
    for (const { help } of command.options) expect(stdout).toContain(help);
    expect(await run('/', ['help', command.name])).toEqual({ code, stdout, stderr: '' });
  });

  it('fits a terminal', async () => {
    for (const argv of [['--help'], ...COMMANDS.map(({ name }) => [name, '--help'])]) {
      const { stdout } = await run('/', argv);
      expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
    }
  });
});

describe('wrong usage is exit code 2, said on standard error alone', () => {
  it.for<[argv: string[], message: string]>([
    [['scna'], 'There is no command "scna". Did you mean scan?'],
    [['nonsense'], 'There is no command "nonsense". sslmode --help lists them.'],
    [['./src'], 'There is no command "./src". For a path: sslmode scan PATH'],
    [['postgres://u:secret@h/d'], 'There is no command of that name. For a connection string: sslmode explain STRING'],
    [['--minimum', 'require'], 'There is no option "--minimum".'],
    [['merge'], 'merge takes the reports of all shards: sslmode merge FILE...'],
    [['scan', '--formt', 'json'], 'There is no option "--formt". Did you mean --format?'],
  ])('%j', async ([argv, message]) => {
    expect(await run('/', argv)).toEqual({ code: 2, stdout: '', stderr: `sslmode: ${message}\n` });
  });
});

it('says where a bug of ours is, but nothing that it may have read, and does not pass it for findings', async () => {
  const secret = 'hunter2';
  let stderr = '';
  const output = { isTTY: false, write: (text: string) => void (stderr += text) };
  const io: Io = {
    cwd: '/',
    env: {},
    stdout: output,
    stderr: output,
    now: () => new Date(0),
    readStdin: function readStdin() {
      throw new TypeError(secret);
    },
  };
  expect(await main(['explain', '-'], io)).toBe(2);
  expect(stderr).toMatch(/^sslmode: This is a bug in sslmode, please report it: TypeError in .*readStdin\.\n$/);
});
