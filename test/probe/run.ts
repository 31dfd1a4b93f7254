import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { main } from '../../packages/cli/src/main.ts';
import type { HostReport, ProbeReport } from '../../packages/cli/src/probe/report.ts';

/** A folder of these files, for the time of the test. */
export function folderOf(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sslmode-probe-')));
  chmodSync(folder, 0o755);
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** What a run gave. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sslmode probe` in a folder, which is the home folder as well. */
export async function probe(argv: readonly string[], given: { readonly folder?: string; readonly home?: string; readonly stdin?: string; readonly now?: Date } = {}): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const cwd = given.folder ?? folderOf();
  const code = await main(['probe', ...argv], {
    cwd,
    env: { HOME: given.home ?? cwd },
    stdout: { isTTY: false, write: (text) => void (stdout += text) },
    stderr: { isTTY: false, write: (text) => void (stderr += text) },
    readStdin: () => Promise.resolve(new TextEncoder().encode(given.stdin ?? '')),
    now: () => given.now ?? new Date(),
  });
  return { code, stdout, stderr };
}

/** The same in JSON. */
export async function probeJson(argv: readonly string[], given: Parameters<typeof probe>[1] = {}): Promise<{ readonly code: number; readonly report: ProbeReport; readonly host: HostReport; readonly problems: string; readonly stderr: string }> {
  const { code, stdout, stderr } = await probe([...argv, '--format', 'json'], given);
  const report = JSON.parse(stdout) as ProbeReport;
  const [host] = report.hosts;
  if (host === undefined) throw new Error('no host in the report');
  return { code, report, host, problems: host.problems.join('\n'), stderr };
}
