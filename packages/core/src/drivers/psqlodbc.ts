import type { Mode } from '../mode.ts';
import { parseGiven } from '../settings/index.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, Spelling } from './driver.ts';
import { libpq } from './libpq.ts';
import { connects, nameOf, notes, quoted, refuses } from './outcome.ts';

/*
 * psqlODBC: libpq with a default of its own. Facts: psqlodbc REL-18_00_0002 dlg_specific.h (DEFAULT_SSLMODE),
 * dlg_specific.c copyConnAttributes() and getDSNinfo(), connection.c LIBPQ_connect(); the same from REL-09_06_0500 on.
 */

const DEFAULT = 'psqlodbc 18.00.0002 dlg_specific.h: DEFAULT_SSLMODE is SSLMODE_DISABLE';
const ATTRIBUTES = 'psqlodbc 18.00.0002 dlg_specific.c copyConnAttributes()';
const CONNECT = 'psqlodbc 18.00.0002 connection.c LIBPQ_connect()';

/** Only the first letters of a word count, in a connection string; any other first letter is disable. */
function wordOf(value: string): string {
  switch (value.charAt(0)) {
    case 'a':
      return 'allow';
    case 'p':
      return 'prefer';
    case 'r':
      return 'require';
    case 'v':
      // `vf` and `vc` are its own short forms; what is neither goes to libpq as it is.
      return { f: 'verify-full', c: 'verify-ca' }[value.charAt(1)] ?? value;
    default:
      return 'disable';
  }
}

function outcome(input: DriverInput): Outcome {
  const { string } = input;
  if (string?.form === 'jdbc') return refuses('other', { text: 'psqlODBC takes only pairs with semicolons between them, `Key=Value;Key=Value`', source: ATTRIBUTES });
  // It has no such form itself: that is for the libpq beneath it.
  if (string?.form === 'url' || (string?.form === 'keyword-value' && string.settings.length > 1)) return libpq.outcome(input, newestLibpq(), {});
  if (string?.problem) return refuses('syntax', { text: `psqlODBC cannot read this string: ${string.problem.message}`, source: ATTRIBUTES });
  const settings = string?.settings ?? [];
  const said = settings.findLast(({ name }) => /^(?:sslmode|ca)$/i.test(name));
  const beneath = pqoptOf(settings);
  const clash = beneath.find(({ name }) => name === 'sslmode');
  if (clash !== undefined) return refuses('tls', { text: 'psqlODBC refuses an sslmode in `pqopt={…}`, it has SSLmode for that', source: CONNECT, setting: clash });
  const noted = notes();
  for (const setting of settings) {
    if (!/ssl|tls|root ?cert|channel_?binding/i.test(setting.key) || /^sslmode$/i.test(setting.key)) continue;
    noted.ignored.push({ setting, harmless: true, text: `psqlODBC knows no \`${nameOf(setting)}\`; in \`pqopt={…}\` libpq gets it`, source: ATTRIBUTES });
  }
  const variable = input.environment.get('PGSSLMODE');
  if (variable !== undefined) noted.ignored.push({ setting: variable, harmless: false, text: 'psqlODBC always says an sslmode to libpq, which then never reads PGSSLMODE', source: CONNECT });
  if (said === undefined || said.value === null || said.value === '') {
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'no SSLmode is given, and psqlODBC then never tries TLS', source: DEFAULT } });
  }
  const word = wordOf(said.value);
  if (word !== said.value && word === 'disable') noted.unknownValues.push({ text: 'psqlODBC takes any SSLmode that it does not know for disable', source: ATTRIBUTES, setting: said });
  if (word === 'disable') return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: said, reason: { text: `${quoted(said)} turns TLS off`, source: ATTRIBUTES, setting: said } });
  const answer = libpqOutcome(input, [...beneath, { ...said, name: 'sslmode', value: word }]);
  return answer.kind === 'refuses' ? answer : { ...answer, ignored: [...noted.ignored, ...answer.ignored] };
}

/** What stands in `pqopt={…}`, as libpq reads it. */
function pqoptOf(settings: readonly Setting[]): readonly Setting[] {
  return settings
    .filter(({ name }) => /^pqopt$/i.test(name))
    .flatMap((pqopt) => (parseGiven((pqopt.value ?? '').replace(/^\{|\}$/g, ''))?.settings ?? []).map((setting) => ({ ...pqopt, name: setting.name, key: setting.key, value: setting.value })));
}

/** What libpq makes of the word and what else it gets, with its own default place for the root certificate, and PGSSLROOTCERT. */
function libpqOutcome(input: DriverInput, own: readonly Setting[]): Outcome {
  const hosts = input.string?.settings.filter(({ key }) => /^server(?:name)?$|^host$/i.test(key)).map((setting) => ({ ...setting, name: 'host' })) ?? [];
  const string: ParsedString = { form: 'keyword-value', text: '', scheme: null, settings: [...hosts, ...own], problem: null, templates: [], open: false };
  const environment = new Map([...input.environment].filter(([name]) => name !== 'PGSSLMODE'));
  return libpq.outcome({ ...input, form: 'keyword-value', string, options: undefined, environment }, newestLibpq(), {});
}

function newestLibpq(): string {
  return libpq.versions.findLast(({ released }) => released)?.label ?? '';
}

function spell(mode: Mode, root: string | null): Spelling {
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  const pqopt = !verifies ? [] : root !== null ? ([['pqopt', `{sslrootcert=/path/to/${root}}`]] as const) : mode === 'verify-full' ? ([['pqopt', '{sslrootcert=system}']] as const) : [];
  return { string: [['SSLmode', mode], ...pqopt], options: null, environment: null, condition: verifies && root === null ? 'libpq 16 or later' : null };
}

const WORDS = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'typo'];

/** psqlODBC 9.6 to 18. */
export const psqlodbc: Driver = {
  id: 'psqlodbc',
  title: 'psqlODBC',
  versions: [{ label: '18', since: '9.6', released: true }],
  forms: ['group'],
  commonFor: [],
  schemes: [],
  packages: {},
  samples: { string: { sslmode: WORDS }, environment: { PGSSLMODE: ['require', 'verify-full'], PGSSLROOTCERT: ['root.crt'] }, options: {} },
  versionOf: () => undefined,
  outcome,
  spell,
};
