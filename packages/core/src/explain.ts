import { DRIVERS, driverOf, parseDriverName, versionLabel } from './drivers/index.ts';
import type { Driver, PackageVersions } from './drivers/driver.ts';
import { dissect } from './judge/connection.ts';
import { evaluate } from './judge/evaluate.ts';
import type { Verdict } from './judge/judgement.ts';
import type { Effective } from './mode.ts';
import { ownText, safeName, type SafeText } from './redact.ts';
import { parseGiven } from './settings/index.ts';
import type { Form, Setting } from './settings/setting.ts';
import type { Site } from './site.ts';
import { MappedText } from './text.ts';
import { meant, nameOf, quoted } from './drivers/outcome.ts';
import { findTemplates } from './settings/template.ts';
import { propertyOf, valueOf } from './value.ts';

/** What to explain. At least one of `string`, `options` and `env`. */
export interface ExplainInput {
  readonly string?: string;
  /** The options object beside or instead of a string. */
  readonly options?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  /** `ID` or `ID@VERSION`, as exact as it is known (`node-postgres@8.11.3`); without one, every driver that takes the form, libpq once for all its clients. */
  readonly driver?: string;
  /** What is known of the driver's default place for a root certificate. */
  readonly rootCertificate?: 'present' | 'absent';
}

/** What one driver does. */
export interface ExplainVerdict {
  readonly driver: string;
  readonly version: string;
  readonly form: Form;
  readonly effective: Effective;
  readonly weakest: Effective;
  readonly strongest: Effective;
  readonly reasons: readonly SafeText[];
  readonly ignored: readonly { readonly setting: SafeText; readonly why: SafeText }[];
  readonly needs: readonly string[];
  readonly mitigations: readonly string[];
  readonly sources: readonly string[];
}

/** Says what drivers do with a connection. Pure; throws only for a driver id or version that does not exist (RangeError). */
export function explain(input: ExplainInput): readonly ExplainVerdict[] {
  const site = siteOf(input);
  return wanted(input, site).map(({ driver, version, packages }) => {
    const own = withStringOption(site, driver);
    const { veiled, string } = dissect(own, input.rootCertificate);
    const hidden = [...(string?.settings ?? []), ...veiled.environment].filter(({ value }) => value === null);
    return verdict(driver, version, own, evaluate(veiled, driver, version, packages), hidden);
  });
}

const NOWHERE = { start: 0, end: 0 };

function siteOf({ string, options, env }: ExplainInput): Site {
  const form = string === undefined ? (options === undefined ? 'group' : 'options') : (isAllHidden(string) ? 'url' : (parseGiven(string)?.form ?? 'url'));
  return {
    form,
    key: null,
    span: string === undefined ? NOWHERE : { start: 0, end: string.length },
    string: string === undefined ? null : textOf(string),
    members: [],
    environment: Object.entries(env ?? {}).map(([name, value]): Setting => ({ name, key: name, value, place: 'environment', span: NOWHERE, whole: NOWHERE })),
    options: options === undefined ? undefined : valueOf(options),
    driver: null,
    hints: [],
    condition: null,
    unparsed: false,
  };
}

function textOf(string: string): NonNullable<Site['string']> {
  return isAllHidden(string) ? 'hidden' : MappedText.verbatim(string, 0, string.length);
}

/** `${DATABASE_URL}`: it may be of any form, a URL most likely. */
function isAllHidden(string: string): boolean {
  const text = string.trim();
  const [template] = findTemplates(text);
  return template?.start === 0 && template.end === text.length;
}

/** `{ connectionString, ssl }`, for a driver that knows such an option. */
function withStringOption(site: Site, { stringOption }: Driver): Site {
  const value = site.string !== null || stringOption === undefined ? undefined : propertyOf(site.options, stringOption);
  return value?.kind === 'literal' && typeof value.value === 'string' ? { ...site, string: textOf(value.value) } : site;
}

interface Wanted {
  readonly driver: Driver;
  readonly version: string;
  readonly packages: PackageVersions;
}

function wanted(input: ExplainInput, site: Site): readonly Wanted[] {
  if (input.driver !== undefined) {
    const { id, version } = parseDriverName(input.driver);
    const driver = driverOf(id);
    if (driver === undefined) throw new RangeError(`there is no driver "${safeName(id)}"; known are ${DRIVERS.map((known) => known.id).join(', ')}`);
    const label = versionLabel(driver, version);
    if (label === undefined) throw new RangeError(`${driver.id} has no version "${safeName(version ?? '')}"; known are ${driver.versions.map((known) => known.label).join(', ')}`);
    return [{ driver, version: label, packages: packagesOf(driver, version, label) }];
  }
  const form = input.options === undefined ? site.form : 'options';
  const scheme = input.string === undefined ? null : (parseGiven(input.string)?.scheme ?? null);
  // The name of a data source is for one driver alone, be it a client of libpq.
  const isOwn = (driver: Driver): boolean => (form === 'keyword-value' && scheme !== null ? driver.schemes.includes(scheme) : driver.sameAs === undefined);
  return DRIVERS.filter((driver) => isOwn(driver) && driver.forms.includes(form) && takesScheme(driver, scheme)).flatMap((driver) => {
    const version = versionLabel(driver, null);
    return version === undefined ? [] : [{ driver, version, packages: {} }];
  });
}

/** R2DBC takes URLs too, but only those of its own. What is no URL at all is shown to everyone. */
function takesScheme({ ownSchemesOnly, schemes }: Driver, scheme: string | null): boolean {
  return ownSchemesOnly !== true || scheme === null || schemes.includes(scheme.toLowerCase());
}

/** A version finer than the label (`node-postgres@8.0.3`) is the package's own, as a lockfile would give it. */
function packagesOf({ packages }: Driver, version: string | null, label: string): PackageVersions {
  const name = Object.values(packages).flat()[0];
  return name === undefined || version === null || version === label ? {} : { [name]: version };
}

function verdict(driver: Driver, version: string, site: Site, judged: Verdict, hidden: readonly Setting[]): ExplainVerdict {
  const { outcome } = judged;
  const connecting = outcome.kind === 'connects' ? outcome : null;
  const notes = connecting === null ? [] : [...connecting.unknownValues, ...connecting.conflicts, ...connecting.weakTls];
  const all = [...outcome.reasons, ...notes];
  // What a driver says of an unknown it says of the case that the hidden part says nothing, which is but one of them.
  const texts = judged.effective === 'unknown' ? [undecided(judged, hidden), ...notes.map(({ text }) => text)] : all.map(({ text }) => `${text}${guess(outcome)}`);
  const bypass = judged.effective !== judged.held && judged.held !== null && judged.effective !== 'unknown' ? ['NODE_TLS_REJECT_UNAUTHORIZED=0 switches the certificate check off'] : [];
  const announced = driver.versions.some(({ label, released }) => label === version && !released) ? [`${driver.title} ${version} is announced, not released: this may still change`] : [];
  return {
    driver: driver.id,
    version,
    form: site.form,
    effective: judged.effective,
    weakest: judged.weakest,
    strongest: judged.strongest,
    reasons: [...texts, ...bypass, ...announced].map(ownText),
    ignored: (connecting?.ignored ?? []).map(({ setting, text }) => ({ setting: nameOf(setting), why: ownText(text) })),
    needs: connecting?.needs ?? [],
    mitigations: connecting?.mitigations ?? [],
    sources: [...new Set([...all, ...(connecting?.ignored ?? [])].map(({ source }) => source))],
  };
}

/** Behind a refusal: the word that is refused, and the one that was probably meant. */
function guess(outcome: Verdict['outcome']): string {
  if (outcome.kind === 'connects' || outcome.setting === null) return '';
  const word = meant(outcome.setting);
  return word === undefined || word === outcome.setting.value ? '' : ` (${quoted(outcome.setting)}, did you mean ${word}?)`;
}

function undecided({ driver, outcome, weakest, strongest }: Verdict, hidden: readonly Setting[]): string {
  const range = `at worst this is ${weakest}, at best ${strongest}`;
  const names = new Set(hidden.filter(({ name }) => Object.hasOwn(driver.samples.string, name) || Object.hasOwn(driver.samples.environment, name)).map((setting) => `\`${nameOf(setting)}\``));
  const what = names.size === 0 ? 'a part that is hidden' : `the value of ${[...names].join(' and ')}, which is hidden,`;
  const isCode = names.size === 0 && outcome.kind === 'connects' && outcome.verifiesAtLeast !== undefined;
  return isCode ? `${outcome.reasons.map(({ text }) => text).join('; ')}: ${range}` : `${what} decides: ${range}`;
}
