import type { Judgement } from '../judge/judgement.ts';
import type { ServerJudgement } from '../judge/server.ts';
import type { Policy, Severity } from '../policy/policy.ts';
import type { SafeText } from '../redact.ts';
import type { CertificateFile } from '../roots/certificate.ts';
import type { Bypass, CertificateText } from '../site.ts';
import type { Span } from '../text.ts';

/** A change to the source that cures a finding. */
export interface Suggestion {
  /** Says what must be true: "Set sslmode=verify-full (the server's certificate must chain to a public root)." */
  readonly message: SafeText;
  /** In the source; they do not overlap. */
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
  /** Provably changes nothing about whether a connection works: what `--fix` applies. */
  readonly safe: boolean;
}

/** What a rule found. */
export interface RuleProblem {
  /** Key of {@link Rule.messages}. */
  readonly messageId: string;
  /** What fills the placeholders of the message. */
  readonly data: Readonly<Record<string, SafeText>>;
  readonly span: Span;
  /** A few words for below the caret: what this setting does. */
  readonly caption: SafeText;
  /** What to do, one sentence in the driver's own syntax. */
  readonly remedy: SafeText | null;
  readonly suggestions: readonly Suggestion[];
  readonly related: readonly { readonly span: Span; readonly message: SafeText }[];
  /** The threshold that is not met; `null` for rules that are not about one. */
  readonly threshold: 'minimum' | 'recommend' | null;
  /** Holds only for some of the candidates, or only where much is asked: confidence is low. */
  readonly unsure?: boolean;
  /** The candidate that the message names, where it is not the deciding one: `node-postgres@8`. */
  readonly driver?: string;
}

/** One rule of the catalogue. One file a rule, one line in rules/index.ts. */
export interface Rule {
  readonly id: string;
  /** A noun phrase or imperative for lists: "Disallow settings that turn TLS off". */
  readonly title: string;
  readonly severity: Severity;
  /** One of the first six, of which a connection gets at most one. */
  readonly aboutMode: boolean;
  /** Whole sentences with `{{placeholders}}`. */
  readonly messages: Readonly<Record<string, string>>;
  /** Checks one connection. */
  check?(judgement: Judgement): readonly RuleProblem[];
  /** Checks a setting that concerns everything in its scope. */
  checkBypass?(bypass: Bypass): readonly RuleProblem[];
  /** Checks what a server's configuration says. */
  checkServer?(judgement: ServerJudgement): readonly RuleProblem[];
  /** Checks certificates that stand in a configuration; `today` is `YYYY-MM-DD`. */
  checkCertificate?(text: CertificateText, file: CertificateFile, today: string, roots: Policy['roots']): readonly RuleProblem[];
}

/** `https://…/rules/<id>`: derived, so that it can't drift. */
export function helpUrl(id: string): string {
  return `https://github.com/sslmode/sslmode/blob/main/docs/rules/${id}.md`;
}
