import type { Driver, DriverInput, Outcome, PackageVersions } from '../drivers/driver.ts';
import { refuses } from '../drivers/outcome.ts';
import { inOwnForm } from '../drivers/own-form.ts';
import { type Effective, type Mode, isMode, modeOf, strongestOf, weakestOf } from '../mode.ts';
import type { Verdict } from './judgement.ts';
import { type Veiled, worldsOf } from './worlds.ts';

/** The mode of an outcome, of both ends where code that is not looked at decides; none where the driver refuses. */
function modesOf(outcome: Outcome): readonly Mode[] {
  if (outcome.kind === 'refuses') return [];
  const { encrypts, verifies, verifiesAtLeast = verifies } = outcome;
  return [modeOf(encrypts, verifies), modeOf(encrypts, verifiesAtLeast)];
}

/** NODE_TLS_REJECT_UNAUTHORIZED=0 in the connection's scope: Node compares with exactly this text (lib/_tls_wrap.js). */
function isBypassed(veiled: Veiled): boolean {
  return veiled.environment.some(({ name, value }) => name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value === '0');
}

/** What one driver does with a connection, over all that its hidden parts may be. */
export function evaluate(veiled: Veiled, driver: Driver, version: string, packages: PackageVersions): Verdict {
  const inside = driver.unwrap?.(veiled, version, packages);
  const seen: Veiled = inside === undefined ? veiled : { ...veiled, string: inside.string, stringHidden: inside.stringHidden, toSource: inside.toSource, options: inside.options };
  const foreign = foreignDsn(veiled, driver);
  const isParts = veiled.form === 'group' && driver.application === undefined;
  const ask = (given: DriverInput): Outcome => {
    const input = isParts ? { ...given, string: inOwnForm(given.string, driver) } : given;
    return foreign ?? (inside === undefined ? driver.outcome(input, version, packages) : inside.outcome(input));
  };
  const worlds = worldsOf(seen, inside?.driver ?? driver);
  const outcome = ask(worlds.silent);
  const outcomes = worlds.all.length === 1 && !worlds.hidesSetting ? [outcome] : worlds.all.map(ask);
  const range = rangeOf(outcome, outcomes, worlds.hidesSetting);
  const held = range.effective === 'unknown' ? range.strongest : range.effective;
  const lowered = isBypassed(veiled) ? rangeOf(bypassed(outcome), outcomes.map(bypassed), worlds.hidesSetting) : range;
  return { driver, version, packages, name: `${driver.id}@${version}`, ...lowered, outcome, options: seen.options, takesString: seen.stringHidden || seen.string !== null, held: isMode(held) ? held : null };
}

/** `pgsql:host=h`, `dbi:Pg:host=h`: to any other driver that is a keyword that does not exist. */
function foreignDsn({ string }: Veiled, { schemes, title }: Driver): Outcome | undefined {
  if (string?.form !== 'keyword-value' || string.scheme === null || schemes.includes(string.scheme)) return undefined;
  const [what, source] = string.scheme === 'dbi:pg' ? ["Perl's DBI", 'DBI.pm parse_dsn()'] : ["PHP's PDO", 'php-src ext/pdo/pdo_dbh.c'];
  return refuses('other', { text: `this names a data source for ${what}, and ${title} does not know such a beginning`, source });
}

interface Range {
  readonly effective: Effective;
  readonly weakest: Effective;
  readonly strongest: Effective;
}

function rangeOf(silent: Outcome, outcomes: readonly Outcome[], hidesSetting: boolean): Range {
  const modes = outcomes.flatMap(modesOf);
  const weakest = weakestOf(modes);
  const strongest = strongestOf(modes);
  if (weakest === undefined || strongest === undefined) return { effective: 'error', weakest: 'error', strongest: 'error' };
  return { effective: effectiveOf(silent, hidesSetting, weakest, strongest), weakest, strongest };
}

function bypassed(outcome: Outcome): Outcome {
  return outcome.kind === 'connects' && outcome.obeysNodeTlsEnv === true ? { ...outcome, verifies: 'nothing' } : outcome;
}

/** A written TLS setting beside what is hidden counts; a hidden one, none, and one that leaves it to hidden code is unknown (INTERFACES.md, "Unknown"). */
function effectiveOf(silent: Outcome, hidesSetting: boolean, weakest: Mode, strongest: Mode): Effective {
  if (weakest === strongest) return weakest;
  if (hidesSetting || silent.kind === 'refuses' || silent.decidedBy === null || silent.verifiesAtLeast !== undefined) return 'unknown';
  return modeOf(silent.encrypts, silent.verifies);
}
