import { borrowedComment, movedSpan, type JoinedText } from '../../../joined.ts';
import { parseString } from '../../../settings/index.ts';
import type { Claim, Comment, Reading, Site } from '../../../site.ts';
import { LineIndex, MappedText, type Span } from '../../../text.ts';
import { placedIn } from '../../embedded.ts';
import type { Includes } from '../../kind.ts';
import type { Tree } from '../../tree/tree.ts';
import { spansOf } from '../../tree/walk.ts';
import { commentsOf } from '../comments.ts';
import { chartOf, ChartTexts, RELEASE } from './chart.ts';
import { render, type Rendered } from './render.ts';

/** How the YAML around is read. */
export interface Yaml {
  readonly treesOf: (text: string) => readonly Tree[];
  /** Without other files. */
  readonly read: (text: string) => Reading;
}

/** Connections of a template, put together with the values of its chart. */
export interface ChartReading {
  readonly sites: readonly Site[];
  readonly comments: readonly Comment[];
  readonly joined: readonly JoinedText[];
  readonly claims: readonly Claim[];
  readonly localNames: readonly string[];
}

interface Made {
  readonly site: Site;
  /** Where it stands in the template itself. */
  readonly own: readonly Span[];
  /** Where values of it stand. */
  readonly from: readonly Span[];
}

/**
 * A template as it comes out with the values of its chart, and with each other file of values beside them. Only what is
 * certain counts: a connection whose host, and all that is said of TLS, comes out plain. All others stay what the template alone makes of
 * them, and so does what stands in a branch that these values do not take. `null` where there is none.
 */
export function readWithChart(path: string, text: string, base: readonly Site[], includes: Includes, yaml: Yaml): ChartReading | null {
  // Variables of a map in the values have no name in the template.
  const mayGain = base.length > 0 || RANGE.test(text);
  const chart = mayGain && text.includes('{{') ? chartOf(path, includes, (other) => yaml.treesOf(other)[0]?.roots[0]) : null;
  if (chart === null) return null;
  const texts = new ChartTexts(chart, text.length);
  const home = MappedText.verbatim(text, 0, text.length);
  const made = new Map<string, Made>();
  const names = new Set<string>();
  for (const world of chart.worlds) {
    const rendered = render(home, texts.root(world), (name) => texts.definitionOf(name));
    if (rendered === null) return null;
    const reading = yaml.read(rendered.text.text);
    if (reading.problems.length > 0) continue;
    for (const each of sitesOf(reading, rendered, text.length)) {
      const id = JSON.stringify(spansOf(each.site));
      if (!made.has(id)) made.set(id, each);
    }
    for (const [name] of rendered.text.text.matchAll(LOCAL_NAME)) names.add(name);
  }
  const inValues = made.size === 0 ? [] : texts.valuesFiles().map(({ file, by }) => ({ by, sites: yaml.read(file.text).sites }));
  const sites = [...made.values()].filter((each) => !leavesOut(each, inValues));
  if (sites.length === 0) return null;
  return {
    sites: [...base.filter((site) => !sites.some(({ own }) => own.some((place) => spansOf(site).some((other) => overlap(place, other))))), ...sites.map(({ site }) => site)],
    comments: texts.valuesFiles().flatMap(({ file, by }) => commentsOf(file.text, yaml.treesOf(file.text)).map((comment) => borrowedComment(comment, by))),
    joined: texts.joined.texts,
    claims: sites.flatMap(({ site, from }) => [...from, ...spansOf(site).filter(({ start }) => start > text.length)].map(({ start }) => ({ at: start, joins: true }))),
    localNames: [...names].slice(0, MAX_NAMES),
  };
}

/** `range $name, $value := .Values.env` */
const RANGE = /\{\{-?\s*range\s+\$\w+,\s*\$/;

/** What the release calls its own services: they are to it what services are to a Compose file. */
const LOCAL_NAME = new RegExp(`\\b${RELEASE}(?:-[\\w-]+)?(?![\\w.-])`, 'g');
const MAX_NAMES = 200;

const NO_LINES = new LineIndex('');

function sitesOf(reading: Reading, rendered: Rendered, length: number): Made[] {
  const placed = placedIn(reading, rendered.text, NO_LINES);
  return reading.sites.flatMap((inner, index): Made[] => {
    const site = placed.sites[index];
    const places = spansOf(inner);
    const touches = (span: Span): boolean => places.some((place) => overlap(place, span));
    // Settings that are not there may be in what is not known.
    const isOpen = rendered.isOpen && inner.form === 'group' && ![...inner.members, ...inner.environment].some(({ name }) => /ssl/i.test(name));
    if (site === undefined || !isPlain(inner) || isOpen || rendered.unsure.some(touches)) return [];
    const actions = rendered.actions.filter(({ span }) => touches(span));
    const first = actions.find(({ span }) => overlap(span, inner.span)) ?? actions[0];
    const from = actions.flatMap((action) => action.from);
    const shown = spansOf(site);
    const given = from.filter((place) => !shown.some((other) => overlap(place, other)));
    const isHere = site.span.start <= length;
    const own = [...shown, ...actions.map(({ at }) => at)].filter(({ start }) => start <= length);
    const joins = given.length > 0 || shown.some(({ start }) => start > length);
    return [{ site: { ...site, unparsed: false, ...(joins && { joins }), ...(!isHere && first !== undefined && { reader: first.at }), ...(given.length > 0 && { given }) }, own, from }];
  });
}

/** Whether its host, and all that it says of TLS, is written down. */
function isPlain({ string, members, environment }: Site): boolean {
  if (string === 'hidden') return false;
  const settings = [...members, ...environment, ...(string === null ? [] : (parseString(string.text)?.settings ?? []))];
  const isHost = (name: string): boolean => /^(?:host|hostaddr|PGHOST|PGHOSTADDR)$/.test(name);
  return settings.some(({ name, value }) => isHost(name) && value !== null && value !== '') && settings.every(({ name, value }) => value !== null || !(isHost(name) || /ssl/i.test(name)));
}

/** Whether the values say something of TLS for this host that the template, as far as can be seen, does not use. */
function leavesOut({ from }: Made, inValues: readonly { readonly by: number; readonly sites: readonly Site[] }[]): boolean {
  const used = (start: number): boolean => from.some((place) => place.start <= start && start < Math.max(place.end, place.start + 1));
  return inValues.some(({ by, sites }) =>
    sites.some(({ span, members, environment }) => {
      if (!used(movedSpan(span, by).start)) return false;
      return [...members, ...environment].some((setting) => /ssl/i.test(setting.name) && !used(setting.span.start + by));
    }),
  );
}

function overlap(a: Span, b: Span): boolean {
  return a.start < Math.max(b.end, b.start + 1) && b.start < Math.max(a.end, a.start + 1);
}
