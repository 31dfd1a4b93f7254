import { checkFile } from '../src/check.ts';
import type { DriverId } from '../src/drivers/driver.ts';
import type { FileContext, FileReport } from '../src/finding.ts';
import type { Evidence } from '../src/judge/judgement.ts';
import { presetPolicy } from '../src/policy/resolve.ts';
import type { Setting } from '../src/settings/setting.ts';
import type { Site } from '../src/site.ts';
import { MappedText } from '../src/text.ts';
import { valueOf } from '../src/value.ts';

/** What of a site is not the usual; names and values instead of settings. */
export interface SiteParts extends Partial<Omit<Site, 'string' | 'members' | 'environment' | 'options'>> {
  /** `hidden` for one that a variable holds. */
  readonly string?: string | null;
  readonly members?: Readonly<Record<string, string | null>>;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly options?: unknown;
}

/** A site as a reader would make it; {@link sourceOf} is the text that it stands in. */
function siteOf({ string = null, members, environment, options, ...rest }: SiteParts): Site {
  const end = sourceOf({ string }).length;
  const settings = (given: Readonly<Record<string, string | null>> = {}, place: Setting['place']): Setting[] =>
    Object.entries(given).map(([name, value]) => ({ name, key: name, value, place, span: { start: 0, end }, whole: { start: 0, end } }));
  return {
    form: string !== null ? 'url' : options === undefined ? 'group' : 'options',
    key: 'DATABASE_URL',
    span: { start: 0, end },
    string: string === null || string === 'hidden' ? string : MappedText.verbatim(string, 0, string.length),
    members: settings(members, 'string'),
    environment: settings(environment, 'environment'),
    options: options === undefined ? undefined : valueOf(options),
    driver: null,
    hints: [],
    condition: null,
    unparsed: false,
    ...rest,
  };
}

/** The text of the file that holds a site alone. */
function sourceOf({ string = null }: SiteParts): string {
  return string ?? ' '.repeat(40);
}

/** Evidence of a manifest or lockfile for drivers, in short: `node-postgres@8`. */
export function evidenceOf(kind: Evidence['kind'], ...names: readonly `${DriverId}${'' | `@${string}`}`[]): Evidence {
  const candidates = names.map((name) => {
    const at = name.lastIndexOf('@');
    return { id: (at === -1 ? name : name.slice(0, at)) as DriverId, version: at === -1 ? null : name.slice(at + 1), packages: {} };
  });
  return { kind, file: 'package.json', line: null, candidates };
}

/** The report on a file that holds one site. `recommended`, unless the context says something else. */
export function reportOn(parts: SiteParts, context: Partial<FileContext> = {}): FileReport {
  const reading = { sites: [siteOf(parts)], comments: [], bypasses: [], problems: [], localNames: [] };
  return checkFile(sourceOf(parts), reading, { path: '.env', policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24', ...context });
}
