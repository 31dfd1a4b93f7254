import { posix, win32 } from 'node:path';
import { presetPolicy, resolvePolicy, type PolicyConfig } from '@sslmode/core/project';
import { rootsOfNode } from '../../src/probe/trust.ts';
import { fingerprintOf } from '../../src/certificates.ts';
import type { FileContent, Machine } from '../../src/doctor/machine.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { DoctorReport } from '../../src/doctor/report.ts';

/** A file of an invented machine: its text, or its text with permissions and owner; or what is no file. */
export type Entry = string | { readonly text: string; readonly mode?: number; readonly owner?: number } | { readonly unreadable: string; readonly kind?: 'folder' };

/** A machine of any operating system, made of what a test says. */
export function machine(platform: 'linux' | 'darwin' | 'win32', files: Readonly<Record<string, Entry>>, env: Readonly<Record<string, string>> = {}): Machine {
  const path = platform === 'win32' ? win32 : posix;
  const home = platform === 'win32' ? String.raw`C:\Users\ada` : platform === 'darwin' ? '/Users/ada' : '/home/ada';
  const entryOf = (name: string): Entry | undefined => (Object.hasOwn(files, name) ? files[name] : undefined);
  return {
    platform,
    env: platform === 'win32' ? { APPDATA: String.raw`C:\Users\ada\AppData\Roaming`, USERPROFILE: home, ...env } : { HOME: home, ...env },
    home,
    path,
    cwd: home,
    state(name) {
      const entry = entryOf(name);
      if (entry === undefined) return null;
      if (typeof entry !== 'string' && 'unreadable' in entry) return { kind: entry.kind ?? 'file', mode: 0o755, owner: 1000 };
      if (typeof entry === 'string') return { kind: 'file', mode: 0o600, owner: 1000 };
      return { kind: 'file', mode: entry.mode ?? 0o600, owner: entry.owner ?? 1000 };
    },
    read(name): FileContent {
      const entry = entryOf(name);
      if (entry === undefined) return { missing: true };
      if (typeof entry !== 'string' && 'unreadable' in entry) return entry;
      return { bytes: new TextEncoder().encode(typeof entry === 'string' ? entry : entry.text) };
    },
    list: (folder) => Object.keys(files).filter((name) => path.dirname(name) === folder).map((name) => path.basename(name)),
  };
}

/** A public root by its name, in PEM. */
export function publicRoot(name: string): string {
  const root = rootsOfNode().find(({ subject }) => subject.includes(`CN=${name}`));
  if (root === undefined) throw new Error(`Node.js has no root ${name}`);
  return root.toString();
}

/** Examines an invented machine, by the recommended policy unless another is given. */
export function examined(of: Machine, given: { readonly policy?: PolicyConfig; readonly string?: string; readonly now?: Date } = {}): DoctorReport {
  const resolved = given.policy === undefined ? { ok: true as const, policy: presetPolicy('sslmode:recommended') } : resolvePolicy(given.policy, { file: null });
  if (!resolved.ok) throw new Error('the policy is broken');
  return examine(of, {
    policy: resolved.policy,
    path: 'sslmode',
    string: given.string ?? null,
    publicRoots: new Set(rootsOfNode().map(fingerprintOf)),
    now: given.now ?? new Date('2026-11-24T12:00:00Z'),
  });
}

/** What it has to say, a line a finding: `error: …`. */
export function said({ findings }: DoctorReport): string[] {
  return findings.map(({ severity, message }) => `${severity}: ${message}`);
}
