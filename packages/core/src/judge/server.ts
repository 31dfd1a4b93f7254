import type { ConnectionReport, FileContext, Finding } from '../finding.ts';
import { isWeaker, type Mode } from '../mode.ts';
import type { Confidence, Thresholds } from '../policy/policy.ts';
import { ownText, redactString, safeName, type SafeText } from '../redact.ts';
import type { CertificateFile } from '../roots/certificate.ts';
import type { ServerFile, ServerSetting } from '../server.ts';
import type { Span } from '../text.ts';
import { isTestPath } from './confidence.ts';

/** What a server's configuration says, and what is asked of it. What {@link Rule.checkServer} looks at. */
export interface ServerJudgement {
  readonly server: ServerSetting;
  readonly thresholds: Thresholds;
  readonly confidence: Confidence;
  /** It lets clients in more weakly than the policy allows them to come. */
  readonly falls: boolean;
  /** What it should insist on. */
  readonly required: Mode;
  readonly report: ConnectionReport;
  /** Its certificates and keys that are in the repository, or missing there. */
  readonly files: readonly (ServerFile & { readonly file: CertificateFile })[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** What may be shown of a place in it, and what a finding there is recognised by. */
  shown(span: Span): Pick<Finding, 'excerpt' | 'identity'>;
}

/** Judges what a server's configuration says by who may come, as the policy's host classes have it. */
export function judgeServer(source: string, server: ServerSetting, context: FileContext): ServerJudgement {
  const { clients, weakest, strongest, whole, span } = server;
  const thresholds = context.policy.thresholds(clients.hostClass, null, context.path);
  // Whom clients talk to is for them to verify: a server can't do more than insist on TLS.
  const required = isWeaker(thresholds.minimum, 'require') ? thresholds.minimum : 'require';
  const confidence = confidenceOf(server, context.path);
  const text = oneLine(redactString(source.slice(whole.start, whole.end)));
  return {
    server,
    thresholds,
    confidence,
    falls: isWeaker(strongest, required),
    required,
    report: {
      key: server.key === null ? null : safeName(server.key),
      driver: null,
      candidates: [],
      evidence: null,
      effective: weakest === strongest ? weakest : 'unknown',
      weakest,
      strongest,
      confidence,
      host: clients.address === null ? null : safeName(clients.address),
      hostClass: clients.hostClass,
      database: server.database === null ? null : safeName(server.database),
      span,
      form: 'server',
      text,
    },
    files: server.files.flatMap((named) => {
      const file = context.certificates?.file(named.path) ?? null;
      // A relative path begins at the folder of the server's data, which is elsewhere.
      return file === null || (file.kind === 'missing' && !named.path.startsWith('/')) ? [] : [{ ...named, file }];
    }),
    today: context.today,
    shown: (place) => ({ excerpt: excerptOf(source, whole, text, place), identity: text }),
  };
}

function confidenceOf({ unsure, unparsed, said }: ServerSetting, path: string): Confidence {
  if (isTestPath(path) || unparsed === true) return 'low';
  return unsure || !said || /[._-](?:example|sample|template|dist)(?:$|[._-])/i.test(path.slice(path.lastIndexOf('/') + 1)) ? 'medium' : 'high';
}

/** The setting with its value, the place in it marked; where that can't be shown so, the place alone. */
function excerptOf(source: string, whole: Span, text: SafeText, place: Span): Finding['excerpt'] {
  const isPlain = text === source.slice(whole.start, whole.end);
  if (isPlain && whole.start <= place.start && place.end <= whole.end && text.length <= 200) {
    return { span: whole, text, mark: { start: place.start - whole.start, end: place.end - whole.start } };
  }
  const alone = oneLine(redactString(source.slice(place.start, Math.min(place.end, place.start + 200))));
  return { span: place, text: alone, mark: { start: 0, end: alone.length } };
}

function oneLine(text: SafeText): SafeText {
  return ownText(text.replace(/\s+/g, ' ').trim());
}
