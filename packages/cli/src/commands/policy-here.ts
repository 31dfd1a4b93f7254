import { join } from 'node:path';
import { UsageError, type Io } from '../io.ts';
import { problemLine } from '../scan/report.ts';
import { Surroundings, type PolicyInForce } from '../scan/surroundings.ts';
import { ProjectRoots } from '../scan/targets.ts';

/** The policy in force where a command is run, for what is in no file. Throws a UsageError where it cannot be used. */
export async function policyHere({ cwd }: Io): Promise<PolicyInForce> {
  const surroundings = new Surroundings({ config: 'nearest' }, '');
  const name = 'sslmode';
  const root = new ProjectRoots().of(cwd, { folder: cwd });
  const inForce = await surroundings.policyFor({ path: join(cwd, name), file: name, base: cwd, root, gitIgnored: false, named: true });
  const problems = surroundings.problems();
  if (problems.length > 0) throw new UsageError(problems.map(({ entry }) => problemLine(entry)).join('\n'));
  return inForce;
}
