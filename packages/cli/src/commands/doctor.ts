import { parseGiven } from '@sslmode/core';
import { fingerprintOf } from '../certificates.ts';
import { examine } from '../doctor/examine.ts';
import { thisMachine } from '../doctor/machine.ts';
import { pretty } from '../doctor/pretty.ts';
import { UsageError, type Io } from '../io.ts';
import type { Arguments } from '../options.ts';
import { rootsOfNode } from '../probe/trust.ts';
import { paintFor } from '../terminal.ts';
import { lineFrom } from './lines.ts';
import { policyHere } from './policy-here.ts';

/** `sslmode doctor` */
export async function doctor(args: Arguments, io: Io): Promise<number> {
  if (args.positionals.length > 0) throw new UsageError("doctor looks at this machine, and takes no argument. For a connection string: sslmode doctor --for STRING");
  const given = args.get('for');
  const string = given === undefined ? null : given === '-' ? await lineFrom(io) : given;
  if (string !== null && parseGiven(string) === null) throw new UsageError("--for takes a connection string, for instance --for 'postgres://app@db.example.net/app'.");
  const { policy, path } = await policyHere(io);
  const now = io.now();
  const publicRoots = new Set(rootsOfNode().map(fingerprintOf));
  const report = examine(thisMachine(io), { policy, path, string, publicRoots, now });
  io.stdout.write(args.get('format') === 'json' ? `${JSON.stringify(report, null, 2)}\n` : pretty(report, now, paintFor(io, io.stdout, args.get('color'))));
  return report.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
