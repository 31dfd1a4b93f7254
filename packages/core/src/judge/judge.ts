import { driverOfApplication } from '../applications/index.ts';
import { DRIVERS, driverOf, rankOf, versionLabel } from '../drivers/index.ts';
import type { Driver, DriverId } from '../drivers/driver.ts';
import { isOfPgjdbc } from '../drivers/pgjdbc.ts';
import type { FileContext } from '../finding.ts';
import { HOST_CLASSES, type HostClass, classOfHost } from '../hosts/host-class.ts';
import { providerOf } from '../hosts/providers.ts';
import { type Mode, compareModes, isWeaker, weakestOf } from '../mode.ts';
import type { Thresholds } from '../policy/policy.ts';
import { type SafeText, safeName } from '../redact.ts';
import type { Form } from '../settings/setting.ts';
import type { Site } from '../site.ts';
import type { Span } from '../text.ts';
import { propertyOf } from '../value.ts';
import { confidenceOf } from './confidence.ts';
import { type Dissected, type Host, dissect } from './connection.ts';
import { type ServerEnd, endAt, resourceAt } from './ends.ts';
import { evaluate } from './evaluate.ts';
import type { Evidence, Judgement, Verdict } from './judgement.ts';
import { filesOf, isOwnRoot } from './roots.ts';

/** What a driver would be given by a site: decides which candidates can be asked. */
function formOf(site: Site, dissected: Dissected): Form {
  if (site.form === 'group') return site.members.length > 0 ? 'url' : 'group';
  return dissected.string?.form ?? site.form;
}

/** Judges one connection: what every candidate does with it, and whether that is enough. `null` where no modelled driver takes the form. */
export function judge(source: string, site: Site, context: FileContext, localNames: readonly string[], ends: readonly ServerEnd[] = []): Judgement | null {
  const dissected = dissect(site);
  const evidence = evidenceOf(site, formOf(site, dissected), dissected.string?.scheme ?? null, context);
  const verdicts = evidence.candidates
    .flatMap((candidate): Verdict[] => {
      const driver = evidence.kind === 'hint' && site.application !== undefined ? driverOfApplication(site.application, driverOf) : driverOf(candidate.id);
      if (driver === undefined) return [];
      const label = versionLabel(driver, candidate.version) ?? versionLabel(driver, null);
      return label === undefined ? [] : [evaluate(dissected.veiled, driver, label, candidate.packages)];
    })
    .sort((a, b) => rankOf(a.driver.id) - rankOf(b.driver.id));
  const deciding = decide(verdicts, 'held');
  const reported = decide(verdicts, 'effective');
  if (deciding === undefined || reported === undefined) return null;
  const placed = strictestHost(dissected.hosts, () => [...localNames, ...context.localNames], context);
  const provider = placed.host === null ? null : providerOf(placed.host);
  const connecting = verdicts.filter((verdict) => verdict.held !== null);
  const modes = (end: 'weakest' | 'strongest'): readonly Mode[] => connecting.flatMap((verdict) => (verdict[end] === 'error' || verdict[end] === 'unknown' ? [] : [verdict[end]]));
  const files = filesOf(site, dissected, deciding, context.certificates);
  const ownCa = placed.thresholds.ca === 'private' || (placed.thresholds.ca === null && (provider === null ? isOwnRoot(files) : provider.root.issuesTo === 'instance' && namesRoot(site, dissected, deciding)));
  const partial = {
    site,
    string: dissected.string,
    evidence,
    verdicts,
    deciding,
    reported,
    effective: reported.effective,
    weakest: weakestOf(modes('weakest')) ?? reported.weakest,
    strongest: weakestOf(modes('strongest')) ?? reported.strongest,
    host: placed.host === null ? null : shownName(placed.host, dissected),
    port: placed.port,
    hostClass: placed.hostClass,
    database: dissected.database === null ? null : shownName(dissected.database, dissected),
    provider: provider === null ? null : { name: provider.name, root: provider.root.file, advice: provider.advice },
    providerId: provider?.id ?? null,
    thresholds: placed.thresholds,
    files,
    server: endAt(placed.host ?? resourceAt(dissected.veiled.string), ends),
    today: context.today,
    ownCa,
    falls: fallsShort(deciding, placed.thresholds, ownCa),
    decidedBy: deciding.outcome.kind === 'connects' ? deciding.outcome.decidedBy : deciding.outcome.setting,
  };
  const falling = verdicts.map((verdict) => fallsShort(verdict, placed.thresholds, ownCa) !== null);
  return { ...partial, confidence: confidenceOf(partial, falling, placed.host ?? writtenAt(source, placed.span), context.path) };
}

/** A host or database as it may be shown: never more of it than of the string that it stands in. */
function shownName(name: string, { masked }: Dissected): SafeText {
  return safeName(masked.get(name) ?? name);
}

/** A root certificate is named: a provider's own root counts only where the driver is told of it, else any public CA's certificate passes. */
function namesRoot(site: Site, { string }: Dissected, { options }: Verdict): boolean {
  const said = [...(string?.settings ?? []), ...site.environment].some(({ name, value }) => (name === 'sslrootcert' || name === 'PGSSLROOTCERT') && value !== '' && value !== 'system');
  return said || propertyOf(propertyOf(options, 'ssl'), 'ca') !== undefined;
}

/** Candidates by the strongest evidence that yields a driver (INTERFACES.md, "Evidence for a driver"). */
function evidenceOf(site: Site, form: Form, scheme: string | null, context: FileContext): Evidence {
  const isParts = site.form === 'group' && site.members.length > 0 && site.string === null;
  const takesForm = (driver: Driver | undefined): boolean => driver === undefined || ((isParts || driver.forms.includes(form)) && driver.refusesSchemes?.includes(scheme ?? '') !== true);
  const isOfLanguage = (kind: Evidence['kind'], driver: Driver | undefined): boolean =>
    site.ecosystem === undefined || (kind !== 'lockfile' && kind !== 'manifest') || driver?.packages[site.ecosystem] !== undefined;
  const surroundings = context.evidence.map((evidence) => ({ ...evidence, candidates: evidence.candidates.filter(({ id }) => takesForm(driverOf(id)) && isOfLanguage(evidence.kind, driverOf(id))) }));
  const found = (kinds: readonly Evidence['kind'][]): Evidence | undefined => surroundings.find((evidence) => kinds.includes(evidence.kind) && evidence.candidates.some(({ id }) => driverOf(id) !== undefined));
  const manifest = found(['lockfile', 'manifest']);
  const named = (id: Site['hints'][number]): Evidence['candidates'][number] => {
    // The version of a driver that code or a scheme names is the manifest's, or the policy's.
    const listed = context.evidence.flatMap(({ candidates }) => candidates).find((candidate) => candidate.id === id && candidate.version !== null);
    return listed ?? { id, version: null, packages: {} };
  };
  if (site.driver !== null && driverOf(site.driver.id) !== undefined) {
    return { kind: site.driver.kind, file: null, line: site.driver.line, candidates: [named(site.driver.id)] };
  }
  // Another database's driver, which is not modelled: nothing can be said.
  if (form === 'jdbc' && !isOfPgjdbc(scheme)) return { kind: 'none', file: null, line: null, candidates: [] };
  const only = onlyDriverOf(form, scheme);
  if (only !== undefined) return { kind: 'scheme', file: null, line: null, candidates: [named(only)] };
  // A scheme of a driver that is not modelled (`postgresql+psycopg2cffi`, `vertx-reactive:postgresql`).
  if (scheme !== null && form !== 'jdbc' && /[:+]/.test(scheme)) return { kind: 'none', file: null, line: null, candidates: [] };
  const hints = site.hints.filter((id) => driverOf(id) !== undefined && takesForm(driverOf(id)));
  const byPath = found(['policy-path']);
  if (byPath !== undefined) return byPath;
  // What a repository's manifest says is no matter to what runs in an image of its own.
  const inside = site.application === undefined ? undefined : driverOfApplication(site.application, driverOf);
  if (inside !== undefined) return { kind: 'hint', file: null, line: null, candidates: [{ id: inside.id, version: null, packages: {} }] };
  if (hints.length > 0) return { kind: 'hint', file: null, line: null, candidates: hints.map(named) };
  const rest = manifest ?? found(['default']);
  if (rest !== undefined) return rest;
  // What no driver of the language is can't be it; libpq stands for the clients that most languages have of it.
  const speaks = (driver: Driver): boolean => site.ecosystem === undefined || driver.id === 'libpq' || driver.packages[site.ecosystem] !== undefined;
  const common = DRIVERS.filter((driver) => driver.commonFor.includes(form) && speaks(driver));
  return { kind: 'none', file: null, line: null, candidates: common.map(({ id }) => ({ id, version: null, packages: {} })) };
}

/** The one driver that takes a form (jdbc, ado), or a scheme (`postgresql+asyncpg`). */
function onlyDriverOf(form: Form, scheme: string | null): DriverId | undefined {
  const byScheme = DRIVERS.find(({ schemes }) => scheme !== null && schemes.includes(scheme));
  if (byScheme !== undefined) return byScheme.id;
  const [only, ...others] = DRIVERS.filter(({ forms, sameAs }) => sameAs === undefined && forms.includes(form));
  return others.length === 0 ? only?.id : undefined;
}

/** The weakest that connects; an unknown before a known one of the same end; the first that refuses where all do. */
function decide(verdicts: readonly Verdict[], by: 'held' | 'effective'): Verdict | undefined {
  let deciding: Verdict | undefined;
  let best: Mode | null = null;
  for (const verdict of verdicts) {
    const mode = verdict[by] === 'unknown' ? verdict.strongest : verdict[by];
    if (mode === null || mode === 'error' || mode === 'unknown') continue;
    if (best === null || isWeaker(mode, best) || (mode === best && verdict.effective === 'unknown' && deciding?.effective !== 'unknown')) {
      deciding = verdict;
      best = mode;
    }
  }
  return deciding ?? verdicts[0];
}

/** What stands where a host is hidden. */
function writtenAt(source: string, span: Span | undefined): string | null {
  return span === undefined ? null : source.slice(span.start, span.end);
}

interface Placed {
  readonly host: string | null;
  readonly span: Span | undefined;
  readonly port: string | null;
  readonly hostClass: HostClass;
  readonly thresholds: Thresholds;
}

/** Several hosts: the strictest counts, by what the policy asks of it, then by its class. */
function strictestHost(hosts: readonly Host[], localNames: () => readonly string[], context: FileContext): Placed {
  const placed = hosts.map(({ name, address, port, span }): Placed => {
    const hostClass = classOfHost(name ?? address, { ...(address === null ? {} : { hostaddr: address }), localNames });
    return { host: name ?? address, span, port, hostClass, thresholds: context.policy.thresholds(hostClass, (name ?? address)?.toLowerCase() ?? null, context.path) };
  });
  const rank = ({ thresholds, hostClass }: Placed): readonly number[] => [
    compareModes(thresholds.minimum, 'disable'),
    thresholds.recommend === null ? -1 : compareModes(thresholds.recommend, 'disable'),
    HOST_CLASSES.indexOf(hostClass),
  ];
  return placed.reduce((strictest, next) => {
    const [a, b] = [rank(strictest), rank(next)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at >= 0 && (b[at] ?? 0) > (a[at] ?? 0) ? next : strictest;
  });
}

/** The mode that thresholds see: verify-ca is as good as verify-full where the CA issues to nobody else. */
export function countedMode(mode: Mode, ownCa: boolean): Mode {
  return mode === 'verify-ca' && ownCa ? 'verify-full' : mode;
}

/** What is missed; the mitigation by channel binding meets a recommendation, never a minimum (INTERFACES.md, `mitigations`). */
function fallsShort(verdict: Verdict, thresholds: Thresholds, ownCa: boolean): Judgement['falls'] {
  const mode = verdict.held;
  if (mode === null) return null;
  const counted = countedMode(mode, ownCa);
  const { minimum, recommend } = thresholds;
  if (isWeaker(counted, minimum)) return { threshold: 'minimum', required: minimum };
  if (recommend === null || !isWeaker(counted, recommend)) return null;
  const bound = verdict.outcome.kind === 'connects' && verdict.outcome.mitigations.includes('channel-binding');
  return bound && !thresholds.strict ? null : { threshold: 'recommend', required: recommend };
}
