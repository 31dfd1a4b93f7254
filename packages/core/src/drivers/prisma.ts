import type { Mode } from '../mode.ts';
import type { Driver, DriverInput, Outcome, Spelling } from './driver.ts';
import { ENCRYPTS, WHY } from './libpq-modes.ts';
import { type Notes, connects, lastOf, nameOf, notes, quoted, refuses } from './outcome.ts';
import { labelOf } from './versions.ts';

/*
 * Prisma's engine: the schema engine of `prisma migrate`, `db push` and `db pull` in every version, and up to Prisma 6 what
 * Prisma Client queries with. Facts: prisma/prisma-engines 0d495ae quaint/src/connector/postgres/url.rs
 * parse_query_params(), 004522f quaint/src/connector/postgres/native/mod.rs.
 */

const URL_RS = 'prisma-engines 0d495ae quaint/src/connector/postgres/url.rs parse_query_params()';
const NATIVE = 'prisma-engines 004522f quaint/src/connector/postgres/native/mod.rs PostgreSql::new()';

const MODES_OF_PRISMA: readonly string[] = ['disable', 'prefer', 'require'];

function outcome(input: DriverInput): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `Prisma cannot read this string: ${string.problem.message}`, source: URL_RS });
  if (string !== null && (string.form !== 'url' || !['postgres', 'postgresql'].includes(string.scheme ?? 'postgres'))) {
    return refuses('other', { text: 'Prisma takes only URLs that begin with postgres:// or postgresql://', source: URL_RS });
  }
  const noted = notes();
  const settings = string?.settings ?? [];
  const said = settings.filter(({ name }) => name === 'sslmode');
  // A word that it does not know leaves what was said before, and prefer at the start.
  const known = said.findLast(({ value }) => MODES_OF_PRISMA.includes(value ?? ''));
  for (const setting of said) {
    if (MODES_OF_PRISMA.includes(setting.value ?? '')) continue;
    noted.unknownValues.push({ text: 'Prisma knows disable, prefer and require, and takes any other sslmode for prefer', source: URL_RS, setting });
  }
  const mode = (known?.value ?? 'prefer') as Extract<Mode, 'disable' | 'prefer' | 'require'>;
  const by = known ?? said.at(-1) ?? null;
  const accept = lastOf(settings, 'sslaccept');
  // Anything but accept_invalid_certs is strict, but nothing is not.
  const isStrict = accept !== undefined && accept.value !== 'accept_invalid_certs';
  if (isStrict && accept.value !== 'strict') noted.unknownValues.push({ text: 'Prisma takes any `sslaccept` but accept_invalid_certs for strict', source: URL_RS, setting: accept });
  noteRest(input, isStrict, noted);

  const setting = by === null ? {} : { setting: by };
  const phrase = by === null ? 'no sslmode is given, and Prisma then' : known === undefined ? `Prisma takes ${quoted(by)} for prefer, and` : quoted(by);
  if (mode !== 'require') return connects(noted, { encrypts: ENCRYPTS[mode], verifies: 'nothing', decidedBy: by, reason: { text: `${phrase} ${WHY[mode]}`, source: URL_RS, ...setting } });
  if (!isStrict) return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: by, reason: { text: `${phrase} accepts any certificate where no sslaccept=strict is given`, source: NATIVE, ...setting } });
  return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: by, reason: { text: `${phrase} with ${quoted(accept)} ${WHY['verify-full']}`, source: NATIVE, ...setting } });
}

/** What it reads besides, and what it drops ("Discarding connection string param"). */
function noteRest(input: DriverInput, isStrict: boolean, noted: Notes): void {
  for (const setting of input.string?.settings ?? []) {
    const { name, value } = setting;
    if (name === 'channel_binding') {
      // tokio-postgres refuses every other way to log in (connect_raw.rs, can_skip_channel_binding).
      if (value === 'require') noted.mitigations.push('channel-binding');
      else if (value !== 'disable' && value !== 'prefer') noted.unknownValues.push({ text: 'Prisma takes any other `channel_binding` for prefer', source: URL_RS, setting });
    } else if (name === 'sslcert') {
      if (!isStrict) noted.ignored.push({ setting, harmless: false, text: 'what Prisma calls sslcert is a root certificate, and it checks nothing against it without sslaccept=strict', source: NATIVE });
    } else if (/ssl|tls|require_?auth/i.test(name) && !['sslmode', 'sslaccept', 'sslidentity', 'sslpassword'].includes(name)) {
      noted.ignored.push({ setting, harmless: true, text: name === 'sslrootcert' ? 'Prisma never reads sslrootcert, its name for that is `sslcert`' : `Prisma never reads \`${nameOf(setting)}\``, source: URL_RS });
    }
  }
  for (const name of ['PGSSLMODE', 'PGSSLROOTCERT']) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `Prisma never reads ${name}, only the URL`, source: URL_RS });
  }
}

function spell(mode: Mode, root: string | null): Spelling {
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  const rest: readonly (readonly [string, string])[] = verifies ? [['sslaccept', 'strict'], ...(root === null ? [] : [['sslcert', `/path/to/${root}`] as const])] : [];
  const word = mode === 'allow' ? 'prefer' : verifies ? 'require' : mode;
  return { string: [['sslmode', word], ...rest], options: null, environment: null, condition: null };
}

const VERSIONS = [{ label: '5', since: '2', released: true }, { label: '6', released: true }, { label: '7', released: true }];

/** Prisma's engine, 2 to 7. The client of Prisma 7 goes through a driver adapter instead (prisma-adapter-pg). */
export const prisma: Driver = {
  id: 'prisma',
  title: 'Prisma',
  versions: VERSIONS,
  forms: ['url'],
  commonFor: [],
  schemes: [],
  packages: { npm: ['prisma', '@prisma/client'] },
  samples: {
    string: { sslmode: ['disable', 'prefer', 'require', 'verify-full', 'typo'], sslaccept: ['strict', 'accept_invalid_certs', 'typo'], sslcert: ['root.pem'], channel_binding: ['prefer', 'require'] },
    environment: {},
    options: {},
  },
  versionOf: (packages) => (packages.prisma === undefined ? undefined : labelOf(VERSIONS, packages.prisma)),
  outcome,
  spell,
};
