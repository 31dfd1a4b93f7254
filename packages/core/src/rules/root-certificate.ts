import type { Judgement } from '../judge/judgement.ts';
import type { NamedFile } from '../judge/roots.ts';
import type { ServerJudgement } from '../judge/server.ts';
import type { ExpectedRoot } from '../policy/policy.ts';
import { type SafeText, ownText, safeName } from '../redact.ts';
import type { Certificate, CertificateFile } from '../roots/certificate.ts';
import { retirementOf } from '../roots/provider-roots.ts';
import type { Span } from '../text.ts';
import type { Rule, RuleProblem } from './rule.ts';

export const rootCertificate: Rule = {
  id: 'root-certificate',
  title: 'Disallow root certificates that are missing, run out, of no use, or not the ones that are expected',
  severity: 'warning',
  aboutMode: false,
  messages: {
    missing: 'The server cannot be verified: {{file}} is not in the repository. {{remedy}}',
    unusable: 'The server cannot be verified: {{file}} {{why}}. {{remedy}}',
    expired: 'The server can no longer be verified: {{name}}, in {{file}}, expired on {{day}}. {{remedy}}',
    expiring: 'From {{day}} on the server cannot be verified: {{name}}, in {{file}}, expires then. {{remedy}}',
    'no-ca': 'This holds until the next renewal of the server\'s certificate at best: {{name}}, in {{file}}, is no CA, but a certificate of one server. {{remedy}}',
    unexpected: 'The server cannot be verified where its certificate comes from {{name}}, a root that the policy expects: {{file}} lacks it. {{remedy}}',
    retired: 'The server can no longer be verified: {{name}}, in {{file}}, is retired: {{why}}. {{remedy}}',
    key: 'Whoever can read the repository can pass for this client: {{file}} holds its private key. {{remedy}}',
    'ca-key': 'Whoever can read the repository can pass for the server: {{file}} holds a private key beside the root. {{remedy}}',
    'server-missing': '{{product}} does not start: {{file}} is not in the repository. {{remedy}}',
    'server-unusable': '{{product}} does not start: {{file}} {{why}}. {{remedy}}',
    'server-expired': 'Clients that verify no longer take this server: {{name}}, in {{file}}, expired on {{day}}. {{remedy}}',
    'server-expiring': 'From {{day}} on clients that verify no longer take this server: {{name}}, in {{file}}, expires then. {{remedy}}',
    'clients-expired': 'Clients can no longer be verified: {{name}}, in {{file}}, expired on {{day}}. {{remedy}}',
    'server-key': 'Whoever can read the repository can pass for this server: {{file}} holds its private key. {{remedy}}',
  },
  check(judgement) {
    const { root, key } = judgement.files;
    const found: RuleProblem[] = [];
    if (root !== null && judgement.effective !== 'disable') found.push(...ofRoot(judgement, root));
    if (key?.file.kind === 'read' && key.file.hasKey && !key.file.isIgnored) found.push(problem('key', key.span, { file: shown(key.path) }, REMEDIES.key, 'a private key in the repository'));
    return found;
  },
  checkServer(judgement) {
    return judgement.files.flatMap((file) => ofServer(judgement, file));
  },
  checkCertificate(text, file, today, roots) {
    return ofFile({ file, span: text.span, label: ownText('this certificate'), expected: [], provider: null, today, days: roots.expiresWithinDays });
  },
};

const REMEDIES = {
  missing: 'Add the file, or name the place where it is deployed, from `/` on.',
  unusable: 'Replace it by the CA\'s certificate in PEM.',
  expired: 'Get the CA\'s present root; keep several in one file while the server changes.',
  'no-ca': 'Take the certificate of the CA that issued it.',
  unexpected: 'Add it to the file, beside those that are there.',
  retired: 'Get the provider\'s present bundle.',
  'server-missing': 'Add the file, or mount it there.',
  'server-unusable': 'Replace it by a certificate in PEM.',
  'server-expired': 'Have it renewed.',
  key: 'Take it out, have a new one issued, and bring it in by a secret.',
} as const;

function ofRoot({ today, providerId, thresholds }: Judgement, { span, path, file }: NamedFile): readonly RuleProblem[] {
  const days = thresholds.roots?.expiresWithinDays ?? 30;
  return ofFile({ file, span, label: shown(path), expected: thresholds.roots?.expected ?? [], provider: providerId, today, days });
}

/** What is wrong with a file that a server reads; of a chain the first certificate is its own. */
function ofServer({ server, thresholds, today }: ServerJudgement, { role, path, span, file }: ServerJudgement['files'][number]): readonly RuleProblem[] {
  const data = { product: ownText(server.product), file: shown(path) };
  if (file.kind === 'missing') return [problem('server-missing', span, data, REMEDIES['server-missing'], 'no such file')];
  const found = file.hasKey && !file.isIgnored ? [problem('server-key', span, data, REMEDIES.key, 'a private key in the repository')] : [];
  if (role === 'key') return found;
  const [why] = file.problems;
  const [first] = role === 'certificate' ? file.certificates : file.certificates.toSorted((a, b) => (a.until < b.until ? 1 : -1));
  if (first === undefined) return why === undefined ? found : [...found, problem('server-unusable', span, { ...data, why: ownText(why) }, REMEDIES['server-unusable'], why)];
  const named = { ...data, name: safeName(first.name), day: ownText(first.until) };
  if (first.until < today) return [...found, problem(role === 'ca' ? 'clients-expired' : 'server-expired', span, named, REMEDIES['server-expired'], 'expired')];
  const soon = role === 'certificate' && first.until <= dayAfter(today, thresholds.roots?.expiresWithinDays ?? 30);
  return soon ? [...found, problem('server-expiring', span, named, REMEDIES['server-expired'], `expires on ${first.until}`)] : found;
}

interface Asked {
  readonly file: CertificateFile;
  readonly span: Span;
  readonly label: SafeText;
  readonly expected: readonly ExpectedRoot[];
  readonly provider: string | null;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Until the end of a certificate, from when on it is reported. */
  readonly days: number;
}

function ofFile({ file, span, label, expected, provider, today, days }: Asked): readonly RuleProblem[] {
  if (file.kind === 'missing') return [problem('missing', span, { file: label }, REMEDIES.missing, 'no such file')];
  const found: RuleProblem[] = [];
  const { certificates } = file;
  if (file.hasKey && !file.isIgnored) found.push(problem('ca-key', span, { file: label }, REMEDIES.key, 'a private key in the repository'));
  const [why] = file.problems;
  if (why !== undefined) found.push(problem('unusable', span, { file: label, why: ownText(why) }, REMEDIES.unusable, why));
  const weak = ofAll(certificates, { span, label, provider, today, days });
  if (weak !== null) found.push(weak);
  if (certificates.length > 0) {
    for (const { name, sha256 } of expected) {
      if (!certificates.some((certificate) => certificate.sha256 === sha256)) found.push(problem('unexpected', span, { name: safeName(name), file: label }, REMEDIES.unexpected, 'lacks an expected root'));
    }
  }
  return found;
}

/** What is wrong with every certificate of a file: one that is good is enough, and bundles keep old ones. */
function ofAll(certificates: readonly Certificate[], { span, label, provider, today, days }: Omit<Asked, 'file' | 'expected'>): RuleProblem | null {
  const last = certificates.toSorted((a, b) => (a.until < b.until ? -1 : 1)).at(-1);
  if (last === undefined) return null;
  const data = { file: label, name: safeName(last.name), day: ownText(last.until) };
  if (last.until < today) return problem('expired', span, data, REMEDIES.expired, 'expired');
  const retired = certificates.map((certificate) => retirementOf(certificate, provider));
  if (retired.every((why) => why !== null)) return problem('retired', span, { ...data, why: ownText(retired[0] ?? '') }, REMEDIES.retired, 'retired');
  // OpenSSL takes a certificate that the server issued to itself for its own root; one that a CA issued it does not.
  if (certificates.every(({ isCa }) => !isCa)) return problem('no-ca', span, data, REMEDIES['no-ca'], 'no CA');
  return last.until <= dayAfter(today, days) ? problem('expiring', span, data, REMEDIES.expired, `expires on ${last.until}`) : null;
}

function problem(messageId: string, span: Span, data: Readonly<Record<string, SafeText>>, remedy: string, caption: string): RuleProblem {
  const text = ownText(remedy);
  return { messageId, data: { ...data, remedy: text }, span, caption: ownText(caption), remedy: text, suggestions: [], related: [], threshold: null };
}

function shown(path: string): SafeText {
  return ownText(`\`${safeName(path)}\``);
}

/** A day so many days later. */
function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return Number.isNaN(date.getTime()) ? day : date.toISOString().slice(0, 10);
}

