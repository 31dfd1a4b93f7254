import dgram from 'node:dgram';
import { readFileSync, readdirSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { run } from '../run.ts';

const root = join(import.meta.dirname, '../..');

/** From here on whatever goes to the network throws, and is counted. Gives the count. */
function cutOff(): () => number {
  const refuse = (): never => {
    throw new Error('a socket was opened');
  };
  const spies = [
    // TCP, TLS, HTTP, fetch and Unix sockets all connect by it.
    vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(refuse),
    vi.spyOn(net.Server.prototype, 'listen').mockImplementation(refuse),
    vi.spyOn(dgram.Socket.prototype, 'bind').mockImplementation(refuse),
    vi.spyOn(dgram.Socket.prototype, 'send').mockImplementation(refuse),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

it.for([
  ['scan', 'examples', 'test/corpus'],
  ['scan', 'examples', '--format', 'sarif', '--minimum', 'verify-full', '--confidence', 'low'],
  ['inventory', 'examples'],
  ['explain', 'postgres://u@db.example.com/app?sslmode=verify-full&sslrootcert=system'],
  ['doctor', '--for', 'host=db.example.com dbname=app sslmode=verify-full'],
  ['rules', 'prefer-verified'],
])('%j opens no socket', async (argv) => {
  const calls = cutOff();
  const { stdout } = await run(root, argv);
  expect(stdout).not.toBe('');
  expect(calls()).toBe(0);
});

it('would be noticed if it did: probe does', async () => {
  const calls = cutOff();
  await run(root, ['probe', '127.0.0.1:1', '--timeout', '1']).catch(() => undefined);
  expect(calls()).toBeGreaterThan(0);
});

it('only probe has what it takes, name servers included', () => {
  const able = ['core', 'cli', 'eslint-plugin'].flatMap((name) => {
    const folder = join(root, 'packages', name, 'src');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && /(?:from|import\() ?'node:(?:net|tls|dgram|dns|dns\/promises|http|https|http2)'|(?<!\.)\bfetch\(|new WebSocket/.test(readFileSync(join(folder, path), 'utf8')))
      .map((path) => `${name}/${path}`);
  });
  expect(able.length).toBeGreaterThan(0);
  expect(able.filter((path) => !path.startsWith('cli/probe/'))).toEqual([]);
});
