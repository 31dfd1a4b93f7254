import { isPlaceholderHost } from '../hosts/placeholder.ts';
import type { Confidence } from '../policy/policy.ts';
import type { Judgement } from './judgement.ts';

/** `.env.example` and its kin: files that are there to be copied. */
const EXAMPLE = /(?:^|[./_-])(?:example|sample|template|dist)(?:$|[./_-])/i;
/** Folders and file names of tests and fixtures. */
const TEST = /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|fixtures?|__fixtures__|testdata|e2e)\/|[._-](?:tests?|specs?)\.[^/]+$|(?:^|\/)(?:test_[^/]+|conftest)\.py$|\.(?:unit|functional|integration)?tests?\/|(?:^|\/)(?:jest|vitest)[.-](?:global-?)?(?:setup|env)\.[^/]+$|(?:^|\/)\.env\.(?:test|testing)(?:\.|$)/i;

/** True for the files of tests. */
export function isTestPath(path: string): boolean {
  return TEST.test(path);
}

/** True for an example of an environment file. */
function isExamplePath(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('env') && EXAMPLE.test(name);
}

/** `<host>`, which people fill in: other templates (`${X}`, `<%= x %>`) programs do. */
function isAngled(host: string): boolean {
  return /^[^${}()]*<[A-Za-z_][^<>=%]*>[^${}()]*$/.test(host);
}

/**
 * How sure a finding about this connection is (INTERFACES.md, "Confidence"): low, medium, high in that order, the
 * first that applies. `falling`: for each verdict, whether it misses a threshold; `host`: as written, where it is hidden.
 */
export function confidenceOf(judgement: Omit<Judgement, 'confidence'>, falling: readonly boolean[], host: string | null, path: string): Confidence {
  const { site, evidence, verdicts, decidedBy, hostClass, deciding } = judgement;
  const said = decidedBy !== null && deciding.effective !== 'unknown';
  const hidden = hostClass === 'hidden';
  const connecting = verdicts.flatMap((verdict, at) => (verdict.held === null ? [] : [{ verdict, falls: falling[at] === true }]));
  const missing = connecting.filter(({ falls }) => falls);
  const disagree = missing.length > 0 && missing.length < connecting.length;
  const libpq = connecting.find(({ verdict }) => verdict.driver.id === 'libpq');
  const met = libpq === undefined ? missing.length * 2 < connecting.length : !libpq.falls;
  const example = isExamplePath(path);
  if (disagree && met) return 'low';
  if (!said && (hidden || example)) return 'low';
  if ((host !== null && (hidden ? isAngled(host) : isPlaceholderHost(host))) || isTestPath(path) || site.sample === true || site.unparsed) return 'low';
  if (['hint', 'manifest', 'default', 'none'].includes(evidence.kind)) return 'medium';
  if (disagree || hidden || example) return 'medium';
  // "other groups (DB_HOST …, a YAML map): … confidence at most medium".
  return site.form === 'group' && site.members.length > 0 && evidence.kind !== 'code' ? 'medium' : 'high';
}
