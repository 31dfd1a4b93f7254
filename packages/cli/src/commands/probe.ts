import { thisMachine } from '../doctor/machine.ts';
import { UsageError, type Io } from '../io.ts';
import { quoted, type Arguments } from '../options.ts';
import { askedOf } from '../probe/asked.ts';
import { compare, type Compared } from '../probe/compare.ts';
import { judge } from '../probe/judge.ts';
import { lookAt, type Target } from '../probe/look.ts';
import { pretty } from '../probe/pretty.ts';
import type { Comparison, ProbeReport } from '../probe/report.ts';
import { contextsFor } from '../probe/socket.ts';
import { targetsOfString, targetsOfWords } from '../probe/targets.ts';
import { pemOf, trustOf } from '../probe/trust.ts';
import { settingsOf } from '../scan/options.ts';
import { runScan } from '../scan/scan.ts';
import { targetsOf } from '../scan/targets.ts';
import { paintFor } from '../terminal.ts';
import { lineFrom } from './lines.ts';
import { policyHere } from './policy-here.ts';
import { reportFailures } from './scan.ts';

/** For one server, everything together. */
const DEFAULT_TIMEOUT = 10;

/** `sslmode probe HOST[:PORT]` */
export async function probe(args: Arguments, io: Io): Promise<number> {
  const seconds = secondsOf(args);
  const { targets, root } = await whatToLookAt(args, io);
  const path = args.get('compare');
  // Before anything is connected to: a PATH that is not there is a mistake to put right first.
  if (path !== undefined) targetsOf([path], io.cwd);
  const inForce = await policyHere(io);
  const given = args.get('root');
  const trust = trustOf(thisMachine(io), [...(given === undefined ? [] : [{ path: given, as: '--root' as const }]), ...(root === null ? [] : [{ path: root, as: 'sslrootcert' as const }])]);
  if (given !== undefined && !trust.files.some(({ as, certificates }) => as === '--root' && certificates.length > 0)) throw new UsageError(trust.problems[0] ?? '');
  for (const problem of trust.problems) io.stderr.write(`sslmode: ${problem}\n`);

  const contexts = contextsFor(pemOf(trust));
  const now = io.now();
  const servers = await Promise.all(
    targets.map(async (target) => {
      const asked = askedOf(target.host, target.hostaddr, inForce.policy, inForce.path);
      return { judged: judge(await lookAt(target, contexts, seconds), trust, asked, now), ownCa: asked.ownCa };
    }),
  );
  const judged = servers.map((server) => server.judged);
  const comparison = path === undefined ? undefined : await comparisonWith(path, servers.map((server) => ({ report: server.judged.report, ownCa: server.ownCa })), io);
  if (args.get('format') === 'json') {
    const report: ProbeReport = { schemaVersion: 1, hosts: judged.map((each) => each.report), ...(comparison === undefined ? {} : { comparison: comparison.comparison }) };
    io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    io.stdout.write(pretty(judged, comparison?.comparison, now, paintFor(io, io.stdout, args.get('color'))));
  }
  if (comparison?.failed === true || judged.some(({ outcome }) => outcome === 'unanswered')) return 2;
  return judged.some(({ outcome }) => outcome === 'finding') || (comparison?.comparison.clients.length ?? 0) > 0 ? 1 : 0;
}

async function whatToLookAt(args: Arguments, io: Io): Promise<{ readonly targets: readonly Target[]; readonly root: string | null }> {
  const from = args.get('from');
  if (from !== undefined && args.positionals.length > 0) throw new UsageError('--from names the servers: leave HOST out.');
  if (from === undefined && args.positionals.length === 0) throw new UsageError('Which server? sslmode probe HOST[:PORT], or --from with a connection string.');
  return from === undefined ? { targets: targetsOfWords(args.positionals), root: null } : targetsOfString(from === '-' ? await lineFrom(io) : from);
}

function secondsOf(args: Arguments): number {
  const text = args.get('timeout');
  if (text === undefined) return DEFAULT_TIMEOUT;
  const seconds = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds <= 0) throw new UsageError(`--timeout takes a number of seconds above 0, not ${quoted(text)}.`);
  return seconds;
}

async function comparisonWith(path: string, servers: readonly Compared[], io: Io): Promise<{ readonly comparison: Comparison; readonly failed: boolean }> {
  const { report, connectionDetails, failures } = await runScan(settingsOf({ paths: [path], cwd: io.cwd, today: io.now().toISOString().slice(0, 10) }));
  reportFailures(failures, io);
  const clients = report.connections.map((entry, at) => ({ entry, port: connectionDetails[at]?.port ?? null }));
  return { comparison: compare(clients, servers), failed: failures.length > 0 };
}
