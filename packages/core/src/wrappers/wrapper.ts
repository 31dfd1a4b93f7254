import type { Driver, DriverInput, Outcome, PackageVersions, Reason, Refuses, Settings, Unwrapped } from '../drivers/driver.ts';
import { nodePostgres } from '../drivers/node-postgres.ts';
import { labelOf } from '../drivers/versions.ts';
import type { Setting } from '../settings/setting.ts';

/** What a wrapper says of itself; the rest is its driver's. */
export interface Wrapper extends Pick<Driver, 'id' | 'title' | 'versions' | 'packages' | 'versionOf'>, Partial<Pick<Driver, 'schemes' | 'partsIn'>> {
  /** The driver that gets what is left, where the installed packages don't say otherwise. */
  readonly driver?: Driver;
  /** In its own options object, for its page. */
  readonly samples: Driver['samples']['options'];
  /** What reaches the driver of what the wrapper is given. Hidden parts stay hidden: a wrapper only moves and drops. */
  readonly unwrap: (given: Settings, version: string, packages: PackageVersions) => Reached;
  /** How its user writes what is `ssl: …` in the driver's own options. */
  readonly nest: (ssl: string, version: string) => string;
}

/** What a wrapper hands on; what it doesn't say is nothing. */
export interface Reached extends Settings {
  readonly driver?: Driver;
  /** The driver's version, where the wrapper doesn't leave that to the installed package. */
  readonly version?: string;
  readonly packages?: PackageVersions;
  readonly ignored?: Unwrapped['ignored'];
  readonly refuses?: Refuses;
  /** What the user wrote and the wrapper put its own words in place of: counts as what decided. */
  readonly because?: Reason & { readonly setting: Setting };
}

/** A wrapper as a driver, so that it can be asked for and judged as one. */
export function asDriver({ driver = nodePostgres, schemes = [], samples, unwrap, nest, ...meta }: Wrapper): Driver {
  const unwrapped = (given: Settings, version: string, packages: PackageVersions): Unwrapped => {
    const reached = unwrap(given, version, packages);
    const under = reached.driver ?? driver;
    const known = { ...packages, ...reached.packages };
    const label = reached.version ?? versionUnder(under, known);
    return {
      string: reached.string,
      stringHidden: reached.stringHidden,
      toSource: reached.toSource,
      options: reached.options,
      ignored: reached.ignored ?? [],
      driver: under,
      version: label,
      outcome: (input) => reached.refuses ?? told(under.outcome(input, label, known), reached),
    };
  };
  return {
    ...meta,
    sameAs: driver.id,
    forms: driver.forms,
    commonFor: [],
    schemes,
    samples: { ...driver.samples, options: samples },
    unwrap: unwrapped,
    outcome(input, version, packages) {
      const { string, options, outcome } = unwrapped({ string: input.string, stringHidden: false, toSource: (span) => span, options: input.options }, version, packages);
      return outcome({ ...input, string, options } satisfies DriverInput);
    },
    spell(mode, root, version, scheme) {
      const spelling = driver.spell(mode, root, versionUnder(driver, {}), scheme);
      return { ...spelling, options: spelling.options === null ? null : nest(spelling.options, version) };
    },
  };
}

function told(outcome: Outcome, { ignored = [], because }: Reached): Outcome {
  if (outcome.kind === 'refuses') return outcome;
  const own = because === undefined ? {} : { decidedBy: because.setting, reasons: [because, ...outcome.reasons.slice(1)] };
  return { ...outcome, ...own, ignored: [...ignored, ...outcome.ignored] };
}

/** The version of the driver underneath: the installed one, else the newest released. */
function versionUnder(driver: Driver, packages: PackageVersions): string {
  const installed = driver.versionOf(packages);
  const known = installed === undefined ? undefined : labelOf(driver.versions, installed);
  return known ?? driver.versions.findLast(({ released }) => released)?.label ?? '';
}
