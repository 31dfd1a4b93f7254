import { DRIVERS, driverOf, parseDriverName, versionLabel } from './drivers/index.ts';
import type { Driver, PackageVersions } from './drivers/driver.ts';
import { dissect } from './judge/connection.ts';
import { evaluate } from './judge/evaluate.ts';
import type { Effective } from './mode.ts';
import { ownText, type SafeText } from './redact.ts';
import { parseGiven } from './settings/index.ts';
import type { Form, Setting } from './settings/setting.ts';
import type { Site } from './site.ts';
import { MappedText } from './text.ts';
import { quoted } from './drivers/outcome.ts';
import { valueOf } from './value.ts';

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
  const { veiled } = dissect(site, input.rootCertificate);
  return wanted(input, site).map(({ driver, version, packages }) => verdict(driver, version, site, evaluate(veiled, driver, version, packages)));
}

function siteOf({ string, options, env }: ExplainInput): Site {
  const nowhere = { start: 0, end: 0 };
  const form = string === undefined ? (options === undefined ? 'group' : 'options') : (parseGiven(string)?.form ?? 'url');
  return {
    form,
    key: null,
    span: string === undefined ? nowhere : { start: 0, end: string.length },
    string: string === undefined ? null : MappedText.verbatim(string, 0, string.length),
    members: [],
    environment: Object.entries(env ?? {}).map(([name, value]): Setting => ({ name, key: name, value, place: 'environment', span: nowhere, whole: nowhere })),
    options: options === undefined ? undefined : valueOf(options),
    driver: null,
    hints: [],
    condition: null,
    unparsed: false,
  };
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
    if (driver === undefined) throw new RangeError(`there is no driver "${id}"; known are ${DRIVERS.map((known) => known.id).join(', ')}`);
    const label = versionLabel(driver, version);
    if (label === undefined) throw new RangeError(`${driver.id} has no version "${version ?? ''}"; known are ${driver.versions.map((known) => known.label).join(', ')}`);
    return [{ driver, version: label, packages: packagesOf(driver, version, label) }];
  }
  const form = input.options === undefined ? site.form : 'options';
  return DRIVERS.filter(({ forms, sameAs }) => sameAs === undefined && forms.includes(form)).flatMap((driver) => {
    const version = versionLabel(driver, null);
    return version === undefined ? [] : [{ driver, version, packages: {} }];
  });
}

/** A version finer than the label (`node-postgres@8.0.3`) is the package's own, as a lockfile would give it. */
function packagesOf({ packages }: Driver, version: string | null, label: string): PackageVersions {
  const name = Object.values(packages).flat()[0];
  return name === undefined || version === null || version === label ? {} : { [name]: version };
}

function verdict(driver: Driver, version: string, site: Site, judged: ReturnType<typeof evaluate>): ExplainVerdict {
  const { outcome } = judged;
  const connecting = outcome.kind === 'connects' ? outcome : null;
  const notes = connecting === null ? [] : [...connecting.unknownValues, ...connecting.conflicts, ...connecting.weakTls];
  const all = [...outcome.reasons, ...notes];
  const bypass = judged.effective !== judged.held && judged.held !== null && judged.effective !== 'unknown' ? ['NODE_TLS_REJECT_UNAUTHORIZED=0 switches the certificate check off'] : [];
  return {
    driver: driver.id,
    version,
    form: site.form,
    effective: judged.effective,
    weakest: judged.weakest,
    strongest: judged.strongest,
    reasons: [...all.map(({ text }) => text), ...bypass].map(ownText),
    ignored: (connecting?.ignored ?? []).map(({ setting, text }) => ({ setting: quoted(setting), why: ownText(text) })),
    needs: connecting?.needs ?? [],
    mitigations: connecting?.mitigations ?? [],
    sources: [...new Set([...all, ...(connecting?.ignored ?? [])].map(({ source }) => source))],
  };
}
