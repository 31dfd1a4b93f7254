import { hintsOfFile } from './applications/index.ts';
import { atUse } from './crossing.ts';
import { excerptOf, identityOf, textOf } from './excerpt.ts';
import type { ConnectionReport, FileContext, FileReport, Finding, Ignored } from './finding.ts';
import { type Ignore, complaints, counts, readIgnore } from './ignores.ts';
import { textAround, wholeSource } from './joined.ts';
import { isTestPath } from './judge/confidence.ts';
import { driverOf } from './drivers/index.ts';
import { judge } from './judge/judge.ts';
import { endsOf } from './judge/ends.ts';
import { judgeServer } from './judge/server.ts';
import type { Judgement } from './judge/judgement.ts';
import { connectionBeside, oneAValue, readerBeside } from './one-a-value.ts';
import type { Confidence, Severity } from './policy/policy.ts';
import { type SafeText, ownText, redactString, safeName } from './redact.ts';
import { RULES } from './rules/index.ts';
import { feasible } from './rules/edits.ts';
import { noUselessIgnore } from './rules/no-useless-ignore.ts';
import type { Rule, RuleProblem } from './rules/rule.ts';
import { reasonText } from './rules/words.ts';
import type { Disabled, Reading, Site } from './site.ts';
import type { Span } from './text.ts';

const CONFIDENCE: readonly Confidence[] = ['low', 'medium', 'high'];

/** Rules that have low confidence on hosts of which nothing is asked (INTERFACES.md, "One finding a cause"). */
const ABOUT_SETTINGS: readonly string[] = ['no-unknown-sslmode', 'no-ignored-setting', 'no-conflicting-settings', 'no-weak-tls-version', 'no-version-dependent-sslmode'];

/** Judges everything that a reader found in a file against the policy, and applies ignores. Pure. */
export function checkFile(text: string, reading: Reading, context: FileContext): FileReport {
  const { policy } = context;
  const source = wholeSource(text, reading.joined);
  const rules = RULES.filter(({ id }) => policy.rules[id] !== 'off' && context.rules?.includes(id) !== false);
  const ends = [...endsOf(reading.servers ?? [], source, context.path), ...(context.servers ?? [])];
  const hints = reading.sites.some((site) => site.hints.length === 0) ? hintsOfFile(context.path, text) : [];
  const sites = hints.length === 0 ? reading.sites : reading.sites.map((site) => (site.hints.length === 0 ? { ...site, hints } : site));
  const judged = sites.filter((site) => isOfPostgres(site, context)).map((site) => ({ site, judgement: judge(source, site, context, reading.localNames, ends) }));
  const clients = judged.map(({ site, judgement }) => connectionReport(site, judgement));
  const found: Finding[] = [];
  const spoken = judged.flatMap(({ judgement, site }, at) => {
    const connection = clients[at];
    return judgement === null || connection === undefined ? [] : problemsOf(judgement, rules).map((spoke) => ({ ...spoke, judgement, site, connection }));
  });
  for (const { rule, problem: spoke, judgement, site, connection } of withoutIdleConditions(spoken, sites)) {
    const problem = atUse(spoke, judgement, reading.joined);
    found.push(finding(source, context, { rule, problem, site, judgement, connection, confidence: confidenceOf(rule, problem, judgement) }));
  }
  for (const bypass of reading.bypasses) {
    for (const rule of rules) {
      for (const problem of rule.checkBypass?.(bypass) ?? []) {
        found.push(finding(source, context, { rule, problem, site: null, judgement: null, connection: null, confidence: isTestPath(context.path) ? 'low' : 'high', key: bypass.key }));
      }
    }
  }
  for (const text of context.certificates === undefined ? [] : (reading.certificates ?? [])) {
    const file = context.certificates?.text(text.text);
    for (const rule of file === undefined ? [] : rules) {
      for (const problem of file === undefined ? [] : (rule.checkCertificate?.(text, file, context.today, policy.roots) ?? [])) {
        found.push(finding(source, context, { rule, problem, site: null, judgement: null, connection: null, confidence: isTestPath(context.path) ? 'low' : 'high', key: text.key }));
      }
    }
  }
  const servers = (reading.servers ?? []).filter(({ byAddress }) => context.isOverridden !== true || byAddress === true).map((server) => judgeServer(source, server, context));
  for (const judgement of servers) {
    for (const rule of rules) {
      for (const problem of rule.checkServer?.(judgement) ?? []) {
        const made = finding(source, context, { rule, problem, site: null, judgement: null, connection: judgement.report, confidence: judgement.confidence, severity: judgement.thresholds.strict ? 'error' : rule.severity });
        found.push({ ...made, required: problem.threshold === null ? null : judgement.required, ...judgement.shown(problem.span) });
      }
    }
  }
  const connections = distinct([...clients, ...servers.map(({ report }) => report)]);
  const reported = found.filter(({ confidence }) => CONFIDENCE.indexOf(confidence) >= CONFIDENCE.indexOf(policy.confidence));
  const { marked, borrowed } = applyIgnores(source, reported.map((each) => asWritten(each, reading)), reading, context, rules);
  const findings = [...oneAValue(marked)];
  return { connections, findings: findings.sort((a, b) => a.span.start - b.span.start || compare(a.rule, b.rule)), borrowed, problems: reading.problems };
}

/** Branches of a program that come to the same are one connection (realtime-check.ts of supabase/realtime has four ways to each of its). */
function distinct(connections: readonly ConnectionReport[]): readonly ConnectionReport[] {
  const known = new Set<string>();
  return connections.filter((connection) => {
    const all = JSON.stringify(connection);
    if (known.has(all)) return false;
    known.add(all);
    return true;
  });
}

/** Suggestions are made of what a value says: what they put in is written as the file writes it. */
function asWritten(found: Finding, { written }: Reading): Finding {
  if (written === undefined || found.suggestions.length === 0) return found;
  return { ...found, suggestions: found.suggestions.map((each) => ({ ...each, edits: each.edits.map(({ span, text }) => ({ span, text: written(text, span.start) })) })) };
}

/** A variable with the name of a connection string, that a program reads of whose drivers nothing is known, may be of any database. */
function isOfPostgres({ string, reads, driver, hints, ecosystem }: Site, { evidence }: FileContext): boolean {
  if (string !== 'hidden' || reads === undefined || ecosystem === undefined || ecosystem === 'npm' || driver !== null || hints.length > 0) return true;
  return evidence.some(({ candidates }) => candidates.some(({ id }) => driverOf(id)?.packages[ecosystem] !== undefined));
}

/** One cause, one finding: a value that brings the mode down is that mode's reason, not a finding beside it. */
function problemsOf(judgement: Judgement, rules: readonly Rule[]): { rule: Rule; problem: RuleProblem }[] {
  const all = rules.flatMap((rule) => (rule.check?.(judgement) ?? []).map((problem) => ({ rule, problem })));
  const mode = all.find(({ rule }) => rule.aboutMode);
  if (mode === undefined) return all;
  return all.filter(({ rule, problem }) => rule.aboutMode || rule.id !== 'no-unknown-sslmode' || problem.span.start !== mode.problem.span.start);
}

interface Spoken {
  readonly rule: Rule;
  readonly problem: RuleProblem;
  readonly site: Site;
  readonly judgement: Judgement;
  readonly connection: ConnectionReport;
}

/** A setting that is as weak in several branches is so whatever happens: what decides between them has no part in it. */
function withoutIdleConditions(all: readonly Spoken[], sites: readonly Site[]): readonly Spoken[] {
  const idOf = ({ rule, problem, judgement }: Spoken): string => [rule.id, problem.messageId, problem.span.start, problem.span.end, problem.driver ?? judgement.deciding.name].join(' ');
  const weak = new Map<string, Set<Site>>();
  for (const spoken of all) {
    const id = idOf(spoken);
    weak.set(id, (weak.get(id) ?? new Set()).add(spoken.site));
  }
  const isIdle = (among: ReadonlySet<Site>): boolean => {
    const places = new Set([...among].map(({ span }) => span.start));
    return new Set([...among].map(({ condition }) => condition)).size > 1 && sites.every((site) => !places.has(site.span.start) || among.has(site));
  };
  return all.map((spoken) => {
    const { site, judgement, rule } = spoken;
    if (site.condition === null || !isIdle(weak.get(idOf(spoken)) ?? new Set())) return spoken;
    const plain: Judgement = { ...judgement, site: { ...site, condition: null } };
    const problem = rule.check?.(plain).find(({ messageId, span }) => messageId === spoken.problem.messageId && span.start === spoken.problem.span.start);
    return problem === undefined ? spoken : { ...spoken, problem };
  });
}

function confidenceOf(rule: Rule, problem: RuleProblem, judgement: Judgement): Confidence {
  const asksNothing = judgement.thresholds.minimum === 'disable' && ABOUT_SETTINGS.includes(rule.id);
  return problem.unsure === true || asksNothing ? 'low' : judgement.confidence;
}

function severityOf(rule: Rule, problem: RuleProblem, judgement: Judgement | null, context: FileContext, otherwise?: Severity): Severity {
  const said = context.policy.rules[rule.id];
  if (said !== undefined && said !== 'off') return said;
  if (otherwise !== undefined) return otherwise;
  if (judgement?.thresholds.strict ?? context.policy.strict) return 'error';
  if (problem.threshold === 'minimum') return judgement?.thresholds.severity ?? rule.severity;
  return rule.severity;
}

function connectionReport(site: Site, judgement: Judgement | null): ConnectionReport {
  const unmodelled = { driver: null, candidates: [], evidence: null, effective: 'unknown', weakest: 'unknown', strongest: 'unknown', confidence: 'low', host: null, hostClass: 'hidden', database: null } as const;
  const common = { key: site.key === null ? null : safeName(site.key), span: site.span, form: site.form, text: textOf(site) };
  if (judgement === null) return { ...common, ...unmodelled };
  const { kind, file, line } = judgement.evidence;
  return {
    ...common,
    driver: judgement.reported.name,
    candidates: judgement.verdicts.map(({ name, effective }) => ({ driver: name, effective })),
    evidence: kind === 'none' ? null : { kind, file, line },
    effective: judgement.effective,
    weakest: judgement.weakest,
    strongest: judgement.strongest,
    confidence: judgement.confidence,
    host: judgement.host,
    hostClass: judgement.hostClass,
    database: judgement.database,
    ...(/^\d{1,5}$/.test(judgement.port ?? '') && { port: Number(judgement.port) }),
    reasons: judgement.reported.outcome.reasons.map((reason) => reasonText(reason)),
  };
}

interface Parts {
  readonly rule: Rule;
  readonly problem: RuleProblem;
  readonly site: Site | null;
  readonly judgement: Judgement | null;
  readonly connection: ConnectionReport | null;
  readonly confidence: Confidence;
  readonly key?: string | null;
  /** The severity where the policy names none for the rule. */
  readonly severity?: Severity;
}

function finding(source: string, context: FileContext, parts: Parts): Finding {
  const { rule, problem, site, judgement, connection } = parts;
  const key = parts.key === undefined || parts.key === null ? (connection?.key ?? null) : safeName(parts.key);
  return {
    key,
    connection,
    driver: problem.driver ?? judgement?.deciding.name ?? null,
    confidence: parts.confidence,
    rule: rule.id,
    severity: severityOf(rule, problem, judgement, context, parts.severity),
    span: problem.span,
    messageId: problem.messageId,
    data: problem.data,
    message: fill(rule.messages[problem.messageId] ?? '', problem.data),
    caption: problem.caption,
    remedy: problem.remedy,
    excerpt: excerptOf(source, site, problem.span),
    required: problem.threshold === null ? null : (judgement?.falls?.required ?? null),
    threshold: problem.threshold,
    // In code all of a connection stands in its call.
    related: [...problem.related, ...(site?.options === undefined || site.joins === true ? connectionBeside(connection, problem.span) : []), ...readerBeside(site, problem.span)],
    suggestions: feasible(problem.suggestions, site?.string ?? null),
    ignored: null,
    identity: identityOf(source, site, problem.span),
  };
}

/** A message with its placeholders filled in. The template is the program's own, the data is safe. */
function fill(template: string, data: Readonly<Record<string, SafeText>>): SafeText {
  return ownText(template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => data[name] ?? '').trim());
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function applyIgnores(source: string, findings: readonly Finding[], reading: Reading, context: FileContext, rules: readonly Rule[]): { readonly marked: readonly Finding[]; readonly borrowed: readonly Span[] } {
  const ignores = reading.comments.flatMap((comment) => readIgnore(comment) ?? []);
  const others = new Set(reading.comments.flatMap(({ borrowed, span }) => (borrowed === true ? [span] : [])));
  const used = new Map<Ignore, Set<string>>(ignores.map((ignore) => [ignore, new Set()]));
  const disabled = disabledIn(reading);
  const marked = findings.map((found): Finding => {
    const covering = ignores.filter((ignore) => ignore.rules.includes(found.rule) && covers(ignore, found, reading.joined));
    for (const ignore of covering) used.get(ignore)?.add(found.rule);
    const counting = covering.find((ignore) => counts(ignore, context.today));
    const ignored = counting === undefined ? (disabled(found) ?? policyIgnore(found, context)) : ({ by: 'comment', reason: counting.reason ?? ownText(''), until: counting.until } as const);
    return ignored === null ? found : { ...found, ignored };
  });
  const borrowed = ignores.filter((ignore) => others.has(ignore.span) && (used.get(ignore)?.size ?? 0) > 0).map(({ span }) => span);
  if (!rules.includes(noUselessIgnore)) return { marked, borrowed };
  const ran = rules.map(({ id }) => id);
  const useless = ignores.filter(({ span }) => !others.has(span)).flatMap((ignore) => complaints(ignore, used.get(ignore) ?? new Set(), ran, context.today).map((complaint) => uselessIgnore(source, context, ignore, complaint)));
  return { marked: [...marked, ...useless], borrowed };
}

/** What ESLint's comments say of a finding. They count where it begins, as they do in ESLint; of one that stands in another file, where this one reads the value. */
function disabledIn({ disabled = [], joined }: Reading): (found: Finding) => Ignored | null {
  const byRule = new Map<string, Disabled[]>();
  for (const range of disabled) {
    const ranges = byRule.get(range.rule);
    if (ranges === undefined) byRule.set(range.rule, [range]);
    else ranges.push(range);
  }
  return ({ rule, span, related }) => {
    const places = textAround(joined, span.start) === null ? [span] : related.map((place) => place.span);
    const ranges = byRule.get(rule) ?? [];
    const range = places.map(({ start }) => rangeAt(ranges, start)).find((each) => each !== undefined);
    return range === undefined ? null : { by: 'comment', reason: range.reason, until: null };
  };
}

/** The range that a place lies in. */
function rangeAt(ranges: readonly Disabled[], at: number): Disabled | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.covers.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low - 1];
  return range === undefined || at >= range.covers.end ? undefined : range;
}

/** A finding is covered where it stands, or where its connection does: what is missing stands nowhere else. */
function covers(ignore: Ignore, { span, connection, related }: Finding, joined: Reading['joined']): boolean {
  const places = [span, ...(connection === null ? [] : [connection.span]), ...related.map((place) => place.span)];
  if (ignore.wholeFile) return places.some(({ start }) => textAround(joined, start) === textAround(joined, ignore.span.start));
  return places.some(({ start }) => ignore.covers.start <= start && start < Math.max(ignore.covers.end, ignore.covers.start + 1));
}

function uselessIgnore(source: string, context: FileContext, ignore: Ignore, complaint: { messageId: string; data: Record<string, SafeText> }): Finding {
  const problem: RuleProblem = { ...complaint, span: ignore.span, caption: ownText(''), remedy: null, suggestions: [], related: [], threshold: null };
  return finding(source, context, { rule: noUselessIgnore, problem, site: null, judgement: null, connection: null, confidence: 'high' });
}

function policyIgnore({ rule, key }: Finding, { policy, path, today }: FileContext): Ignored | null {
  const entry = policy.ignoreFor({ rule, path, key }, today);
  return entry === null ? null : { by: 'policy', reason: redactString(entry.reason), until: entry.until ?? null };
}
