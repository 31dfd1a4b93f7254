import { dirname, resolve } from 'node:path';
import { describePolicy } from '@sslmode/core/project';
import { UsageError, type Io } from '../io.ts';
import type { Arguments } from '../options.ts';
import { problemLine } from '../scan/report.ts';
import { Surroundings } from '../scan/surroundings.ts';
import { ProjectRoots, pathFrom } from '../scan/targets.ts';
import { isWithin } from '../scan/walk.ts';
import { policyChoiceOf } from './selection.ts';

/** Prints the policy in force for a file, which need not exist. */
export async function printConfig(name: string, args: Arguments, io: Io): Promise<number> {
  if (args.positionals.length > 0) throw new UsageError('--print-config FILE takes no PATHs.');
  const path = resolve(io.cwd, name);
  const surroundings = new Surroundings(policyChoiceOf(args, io), '');
  await surroundings.check(io.cwd);
  // As `sslmode scan` without PATHs would have it.
  const root = new ProjectRoots().of(dirname(path), { folder: isWithin(path, io.cwd) ? io.cwd : dirname(path) });
  const inForce = await surroundings.policyFor({ path, file: pathFrom(io.cwd, path), base: io.cwd, root, gitIgnored: false, named: true });
  const problems = surroundings.problems();
  if (problems.length > 0) throw new UsageError(problems.map(({ entry }) => problemLine(entry)).join('\n'));
  const { file, ...description } = describePolicy(inForce.policy, inForce.path);
  io.stdout.write(`${JSON.stringify({ file: file === null ? null : pathFrom(io.cwd, file), ...description }, null, 2)}\n`);
  return 0;
}
