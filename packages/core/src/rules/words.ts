import type { Reason, Settings, Spelling } from '../drivers/driver.ts';
import type { Judgement, Verdict } from '../judge/judgement.ts';
import { quoted } from '../drivers/outcome.ts';
import { type SafeText, ownText } from '../redact.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import { propertyOf } from '../value.ts';

/** "node-postgres 8", "node-postgres 9 (announced)". */
export function driverName({ driver, version }: Pick<Verdict, 'driver' | 'version'>): SafeText {
  if (driver.application !== undefined) return ownText(driver.application.endsWith(')') ? driver.application : `${driver.application} (${driver.title} ${version})`);
  const announced = driver.versions.some(({ label, released }) => label === version && !released);
  return ownText(`${driver.title} ${version}${announced ? ' (announced)' : ''}`);
}

/** Why it comes out like this, a clause: the condition of the branch first. Drivers' reasons hold no value but TLS words, see {@link Reason}. */
export function because(judgement: Judgement): SafeText {
  const { deciding, decidedBy, site } = judgement;
  const condition = site.condition === null ? '' : `${site.condition}, `;
  if (deciding.outcome.kind === 'connects' && decidedBy === null && deciding.driver.application === undefined) {
    // What a wrapper drops is the reason itself: `ssl` may well be given.
    const [dropped] = deciding.driver.unwrap === undefined ? [] : deciding.outcome.ignored;
    if (dropped !== undefined) return ownText(`${condition}${reasonText(dropped)}`);
    const unread = deciding.outcome.ignored.map(({ setting }) => quoted(setting));
    const nothing = site.options !== undefined ? 'no `ssl` option and no sslmode is given' : judgement.string?.form === 'ado' ? 'no SSL Mode is given' : 'no sslmode is given';
    const but = unread.length === 0 ? '' : `, and it never reads ${[...new Set(unread)].join(' or ')}`;
    return ownText(`${condition}${nothing}${but}`);
  }
  return ownText(`${condition}${reasonText(deciding.outcome.reasons[0])}`);
}

/** A driver's reason. Its text is the program's own: drivers put no input into it but values that they checked to be TLS words. It stands inside a sentence, while what a parser says is one. */
export function reasonText(reason: Reason | undefined): SafeText {
  return ownText((reason?.text ?? '').replace(/\.$/, ''));
}

/** What to do about a mode that falls short, in the syntax of the deciding driver: one or two sentences. */
export function advice(judgement: Judgement): SafeText {
  const { deciding, decidedBy, provider, hostClass } = judgement;
  const ownCa = hostClass === 'private' || hostClass === 'local';
  const root = provider?.root ?? (ownCa ? 'your-ca.crt' : null);
  const spelling = spellingFor(judgement, root);
  const ca = propertyOf(propertyOf(deciding.options, 'ssl'), 'ca');
  const source = provider !== null ? ` ${provider.advice}` : ownCa ? ' A private host needs the certificate of your own CA.' : '';
  if (decidedBy?.name === 'ssl.rejectUnauthorized' && ca !== undefined) return ownText('Delete `rejectUnauthorized: false`: the `ca` beside it then verifies the server.');
  if (spelling.instead !== undefined) return ownText(spelling.instead);
  const todo = instruction(judgement, spelling);
  const isMet = spelling.condition === null || (spelling.optionsAlone === true && spelling.options !== null && todo.includes(spelling.options));
  const condition = isMet ? '' : ` (${spelling.condition})`;
  return ownText(`${todo}${condition}.${source}`);
}

/** How to write verify-full. An `ssl` that is written is edited where it stands: there a wrapper's user writes what its driver reads. */
export function spellingFor({ deciding, decidedBy, site, string }: Judgement, root: string | null): Spelling {
  const { driver, version, packages } = deciding;
  const nothing: Settings = { string: null, stringHidden: false, toSource: (span) => span, options: site.options };
  const inside = decidedBy?.place === 'options' ? driver.unwrap?.(nothing, version, packages) : undefined;
  return inside === undefined ? driver.spell('verify-full', root, version, string?.scheme) : inside.driver.spell('verify-full', root, inside.version);
}

/** A wrapper is given nothing but a string, in its options or without them. */
function isStringAlone({ deciding, site }: Judgement): boolean {
  const { driver, options, takesString } = deciding;
  return driver.unwrap !== undefined && takesString && site.string !== null && site.string !== 'hidden' && (options?.kind !== 'object' || (options.entries.length === 0 && !options.open));
}

/** In an application's variables: what they have to be and are not. */
function inVariables({ decidedBy, site, string, deciding }: Judgement, { environment }: Spelling): string | null {
  if (deciding.driver.application === undefined || environment === null || (decidedBy !== null && decidedBy.place !== 'environment')) return null;
  // Where the driver's own variables are all there is, a string is the better place.
  if (site.form !== 'group' && environment.every(([name]) => name.startsWith('PGSSL'))) return null;
  const written = [...(string?.settings ?? []), ...site.environment];
  const missing = environment.filter(([name, value]) => !written.some((setting) => isSameName(name, setting) && setting.value === value));
  return `Set ${missing.map(([name, value]) => `\`${name}=${value}\``).join(' and ')}`;
}

/** Where a program has its connection in parts (DB_HOST …, a map), in its framework's or driver's own options. */
function inParts({ decidedBy, site, deciding }: Judgement, { options, string: spelled }: Spelling): string | null {
  if (site.form !== 'group' || site.string !== null || site.members.length === 0 || options === null) return null;
  const { partsIn, title } = deciding.driver;
  if (decidedBy === null) return `Add \`${options}\` in ${partsIn ?? `the options of ${title}`}`;
  if (partsIn === undefined || !site.members.some(({ key }) => key === decidedBy.key)) return null;
  const raised = spelled?.find(([name]) => isSameName(name, decidedBy));
  if (decidedBy.key !== decidedBy.key.toUpperCase()) return `Set \`${options}\``;
  return raised === undefined ? null : `Set \`${decidedBy.key}=${raised[1]}\`, if ${partsIn} reads it: there it has to come to \`${options}\``;
}

function instruction(judgement: Judgement, spelling: Spelling): string {
  const { decidedBy, site, string, deciding } = judgement;
  const own = inVariables(judgement, spelling) ?? inParts(judgement, spelling);
  if (own !== null) return own;
  const inOptions = site.options !== undefined && !isStringAlone(judgement) && (decidedBy === null || decidedBy.place === 'options') && spelling.options !== null;
  if (inOptions || (decidedBy?.place === 'options' && spelling.options !== null)) {
    const verb = decidedBy === null ? 'Add' : 'Set';
    return `${verb} \`${spelling.options}\``;
  }
  const usesVariables = decidedBy?.place === 'environment' || (site.form === 'group' && site.members.length === 0);
  const spelled = usesVariables ? spelling.environment : spelling.string;
  if (spelled === null) return `Use the options of ${deciding.driver.title}: \`${spelling.options ?? ''}\``;
  // Whom to trust is said already.
  const namesRoot = [...(string?.settings ?? []), ...site.environment].some(({ name, value }) => /^(?:PG)?SSLROOTCERT$/i.test(name) && value !== '' && value !== 'system');
  const pairs = spelled.filter(([name, value]) => !namesRoot || !(/^(?:(?:PG)?SSLROOTCERT|Root Certificate)$/i.test(name) || value.endsWith('DefaultJavaSSLFactory')));
  const separator = usesVariables || (site.string === null && site.form === 'group') ? '` and `' : separatorOf(string);
  const said = decidedBy !== null && pairs.some(([name]) => isSameName(name, decidedBy));
  // What else decides has to go: `sslfactory=…NonValidatingFactory`, `Trust Server Certificate=true`.
  const instead = decidedBy !== null && !said && decidedBy.place === 'string' ? ` instead of ${quoted(decidedBy)}` : '';
  return `${said ? 'Set' : 'Add'} \`${pairs.map(([name, value]) => `${name}=${value}`).join(separator)}\`${instead}`;
}

/** What stands between two settings of a string. */
export function separatorOf(string: ParsedString | null): '&' | ' ' | ';' {
  if (string?.form === 'ado') return ';';
  // PHP's and Perl's names of data sources have a scheme.
  if (string?.form === 'keyword-value') return string.scheme === null ? ' ' : ';';
  return '&';
}

/** Whether a setting is the one that a spelling names; Npgsql's keys may be written in any case, with spaces or without. */
export function isSameName(name: string, { name: canonical, key }: Setting): boolean {
  const fold = (text: string): string => text.replaceAll(' ', '').toLowerCase();
  return name === canonical || fold(name) === fold(key);
}

/** What the setting does, in a few words, for below the caret. */
export function caption(judgement: Judgement): SafeText {
  switch (judgement.effective) {
    case 'disable':
      return ownText('no encryption');
    case 'allow':
    case 'prefer':
      return ownText('encrypted only if nobody objects');
    case 'require':
      return ownText('encrypted, but to whoever answers');
    case 'verify-ca':
      return ownText('any host name of the same CA is accepted');
    default:
      return ownText('');
  }
}
