import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it, onTestFinished } from 'vitest';
import { judge } from '../../src/probe/judge.ts';
import { rootsOfNode } from '../../src/probe/trust.ts';
import { presetPolicy } from '@sslmode/core/project';
import { askedOf } from '../../src/probe/asked.ts';
import { run, tree } from '../support.ts';

// What it sees of real servers: test/probe.

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
formats.default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, '../../../../docs/schemas/probe.schema.json'), 'utf8')) as object);

/** Offers no TLS, and asks for a password. */
async function plainServer(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).on('data', (data) => socket.write(data.length === 8 ? 'N' : Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3])))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it('prints what its schema says', async () => {
  const port = await plainServer();
  const folder = tree({ '.env': `A=postgres://u@127.0.0.1:${port}/d?sslmode=require\n` });
  const { code, stdout } = await run(folder, ['probe', '--format', 'json', '--compare', '.', `127.0.0.1:${port}`, '127.0.0.1:1']);
  const report = JSON.parse(stdout) as { hosts: unknown[]; comparison: { clients: unknown[] } };
  valid(report);
  expect(valid.errors ?? []).toEqual([]);
  expect(report.hosts).toHaveLength(2);
  expect(report.comparison.clients).toHaveLength(1);
  expect(code).toBe(2);
});

it('fits its schema with a certificate, of a public root', () => {
  const [root] = rootsOfNode();
  if (root === undefined) throw new Error('Node.js has no roots');
  const target = { host: 'db.example.net', hostaddr: null, port: 5432 };
  const handshake = { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', alpn: true, chain: [root], chainError: null, nameMatches: true };
  const asked = askedOf(target.host, null, presetPolicy('sslmode:recommended'), '.');
  const login = { kind: 'refused', error: { code: '28000', message: 'no pg_hba.conf entry' } } as const;
  const look = { target, address: '192.0.2.1', deadAddresses: ['2001:db8::1'], unreachable: null, ssl: { kind: 'yes' }, tls: handshake, lenient: null, outdated: null, direct: handshake, loginOverTls: null, loginInPlaintext: login } as const;
  const { report, outcome } = judge(look, { files: [], problems: [] }, asked, new Date());
  valid({ schemaVersion: 1, hosts: [report] });
  expect(valid.errors ?? []).toEqual([]);
  expect(report).toMatchObject({ trusted: true, use: 'verify-full', certificate: { root: { known: true } } });
  expect(report.problems[0]).toBe('Clients that try its address 2001:db8::1 wait in vain: it does not answer.');
  expect(outcome).toBe('fine');
});
