import type { HostClass } from '../hosts/host-class.ts';
import { parseJson, type DataPath, type ParsedData } from '../json.ts';
import type { Mode } from '../mode.ts';
import type { RuleId } from '../rules/ids.ts';
import type { Confidence, ExpectedRoot, PolicyIgnore, Severity } from './policy.ts';
import { POLICY_SCHEMA, type PresetName } from './schema.ts';
import { validate } from './validate.ts';

/** One value for all host classes, or a map by class. */
export type ByClass<T extends string> = T | Readonly<Partial<Record<HostClass, T>>>;

/** What can be asked at the top, of hosts and of paths. */
export interface ThresholdConfig {
  readonly minimum?: ByClass<Mode>;
  readonly recommend?: ByClass<Mode>;
  readonly severity?: ByClass<Severity>;
  readonly ca?: 'private' | 'public';
  readonly roots?: { readonly expiresWithinDays?: number; readonly expected?: readonly ExpectedRoot[] };
}

/** What can be asked of hosts. */
export interface HostConfig extends ThresholdConfig {
  readonly preset?: PresetName;
}

/** A policy as it is written, known to fit {@link POLICY_SCHEMA}. What it extends is not worked in. */
export interface PolicyConfig extends ThresholdConfig {
  readonly $schema?: string;
  readonly extends?: string | readonly string[];
  readonly confidence?: Confidence;
  readonly hosts?: Readonly<Record<string, HostConfig>>;
  readonly paths?: Readonly<Record<string, ThresholdConfig>>;
  readonly drivers?: { readonly default?: string; readonly paths?: Readonly<Record<string, string>> };
  readonly rules?: Readonly<Partial<Record<RuleId, Severity | 'off'>>>;
  readonly exclude?: readonly string[];
  readonly ignore?: readonly PolicyIgnore[];
}

/** Why a policy cannot be used. Holds nothing of the file but names of keys. */
export interface PolicyProblem {
  /** `null` for settings that the caller gave. */
  readonly file: string | null;
  /** Line in the file, from 1; `null` where there is none to tell. */
  readonly line: number | null;
  /** `hosts["*.corp.example"].minimum`; empty for the whole. */
  readonly keyPath: string;
  /** What was expected and, where one is near, the key or word that was meant. */
  readonly message: string;
}

/** A policy, or everything that is wrong with it. */
export type PolicyResult = { readonly ok: true; readonly config: PolicyConfig } | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** Checks a policy that the caller has as a value. `file` is named in problems. */
export function parsePolicy(value: unknown, file: string | null, lineOf?: (path: DataPath) => number): PolicyResult {
  // An empty YAML file is a policy that says nothing.
  const problems = value === null && file !== null ? [] : validate(POLICY_SCHEMA, value);
  if (problems.length === 0) return { ok: true, config: value ?? {} };
  return {
    ok: false,
    problems: problems.map(({ path, message }) => ({ file, line: lineOf?.(path) ?? null, keyPath: formatKeyPath(path), message })),
  };
}

/**
 * Reads and checks the text of a policy file.
 *
 * @param parse reads the format: {@link parseJson}, or parseYaml of `@sslmode/core/yaml`, which loads a library.
 */
export function parsePolicyText(text: string, file: string | null, parse: (text: string) => ParsedData = parseJson): PolicyResult {
  const parsed = parse(text);
  if (!parsed.ok) return { ok: false, problems: [{ file, line: parsed.line, keyPath: '', message: `Expected a policy: ${parsed.message}.` }] };
  return parsePolicy(parsed.value, file, parsed.lineOf);
}

/** A problem as one line: `sslmode.config.yaml:3: hosts["db"].minimum: Expected …` */
export function formatPolicyProblem(problem: PolicyProblem): string {
  const place = problem.file === null ? 'policy' : problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  return problem.keyPath === '' ? `${place}: ${problem.message}` : `${place}: ${problem.keyPath}: ${problem.message}`;
}

/** `hosts["*.corp.example"].minimum`, `ignore[0].reason`. A key that looks like a URL with its password is not shown. */
function formatKeyPath(path: DataPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w$-]{1,60}$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `["${/:\/\/|[:=].*@|password/i.test(step) ? '***' : shorten(step)}"]`;
  }
  return text;
}

function shorten(key: string): string {
  const visible = key.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
  return visible.length > 60 ? `${visible.slice(0, 59)}…` : visible;
}
