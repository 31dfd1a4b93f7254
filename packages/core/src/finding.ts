import type { HostClass } from './hosts/host-class.ts';
import type { ServerEnd } from './judge/ends.ts';
import type { Evidence } from './judge/judgement.ts';
import type { Effective, Mode } from './mode.ts';
import type { Confidence, Policy, Severity } from './policy/policy.ts';
import type { SafeText } from './redact.ts';
import type { CertificateReader } from './roots/certificate.ts';
import type { Suggestion } from './rules/rule.ts';
import type { Form } from './settings/setting.ts';
import type { Reading } from './site.ts';
import type { Span } from './text.ts';

/** What one candidate would do, for reports. */
export interface CandidateReport {
  /** `node-postgres@8` */
  readonly driver: string;
  readonly effective: Effective;
}

/** A connection that was found, and its posture. */
export interface ConnectionReport {
  readonly key: SafeText | null;
  /** The driver that counts; `null` where no modelled driver takes the form. */
  readonly driver: string | null;
  readonly candidates: readonly CandidateReport[];
  readonly evidence: { readonly kind: Evidence['kind']; readonly file: string | null; readonly line: number | null } | null;
  readonly effective: Effective;
  readonly confidence: Confidence;
  readonly host: SafeText | null;
  readonly hostClass: HostClass;
  readonly database: SafeText | null;
  readonly span: Span;
  readonly form: Form;
  readonly weakest: Effective;
  readonly strongest: Effective;
  /** The connection's own text with its secrets masked. */
  readonly text: SafeText;
  /** As written, or the default; left out where it is hidden, or no port at all. */
  readonly port?: number;
  /** Why it comes down to that with the driver that counts; clauses. */
  readonly reasons?: readonly SafeText[];
}

/** Why a finding does not count. */
export interface Ignored {
  readonly by: 'comment' | 'policy' | 'baseline';
  readonly reason: SafeText;
  readonly until: string | null;
}

/** A finding, complete but for what only the caller knows (file name, fingerprint). */
export interface Finding {
  readonly key: SafeText | null;
  /** The connection that it is about; `null` for a finding about a variable or a comment. */
  readonly connection: ConnectionReport | null;
  /** The driver that the message names. */
  readonly driver: string | null;
  readonly confidence: Confidence;
  readonly rule: string;
  readonly severity: Severity;
  /** The setting that decides; nothing said: the value. */
  readonly span: Span;
  /** Key of the rule's messages, with what fills its placeholders, for ESLint; `message` is the two put together. */
  readonly messageId: string;
  readonly data: Readonly<Record<string, SafeText>>;
  readonly message: SafeText;
  readonly caption: SafeText;
  /** What to do, one sentence. */
  readonly remedy: SafeText | null;
  /**
   * The source that may be shown, secrets masked, on one line: `text` stands for the source `span`, and `mark` is
   * the part of `text` that the finding's own span shows as.
   */
  readonly excerpt: { readonly span: Span; readonly text: SafeText; readonly mark: Span };
  readonly required: Mode | null;
  readonly threshold: 'minimum' | 'recommend' | null;
  readonly related: readonly { readonly span: Span; readonly message: SafeText }[];
  readonly suggestions: readonly Suggestion[];
  readonly ignored: Ignored | null;
  /** The connection's masked text with white space folded: goes into the fingerprint. */
  readonly identity: SafeText;
}

/** What the front doors know of a file and core doesn't. */
export interface FileContext {
  /** Path relative to the policy's folder, with `/`. Decides on `paths`, `.env.example`, test paths. */
  readonly path: string;
  readonly policy: Policy;
  /** Evidence from the surroundings of the file: policy `drivers.paths`, manifests and lockfiles, policy `drivers.default`. In that order, strongest first; may be empty. */
  readonly evidence: readonly Evidence[];
  /** Names of services from a compose file in the same folder. */
  readonly localNames: readonly string[];
  /** Today, `YYYY-MM-DD` in UTC, for ignores with `until`. */
  readonly today: string;
  /** Reads the certificates that connections name; without it root-certificate is silent. */
  readonly certificates?: CertificateReader;
  /** Servers that are known by name around the file. */
  readonly servers?: readonly ServerEnd[];
  /** Whether its server takes TLS is said by the command that starts it (`-c ssl=on`), which wins over this file. */
  readonly isOverridden?: boolean;
  /** Rules that run; `undefined`: all. */
  readonly rules?: readonly string[];
}

/** Everything about one file. */
export interface FileReport {
  readonly connections: readonly ConnectionReport[];
  /** Ignored ones are among them, marked. In source order. */
  readonly findings: readonly Finding[];
  /** Ignores of other files that cover something here. */
  readonly borrowed: readonly Span[];
  readonly problems: Reading['problems'];
}
