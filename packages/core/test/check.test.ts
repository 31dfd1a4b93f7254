import { describe, expect, it } from 'vitest';
import { checkFile } from '../src/check.ts';
import { readDotenv } from '../src/files/dotenv/reader.ts';
import type { FileContext, Finding } from '../src/finding.ts';
import type { Evidence } from '../src/judge/judgement.ts';
import type { PolicyConfig } from '../src/policy/config.ts';
import { presetPolicy, resolvePolicy } from '../src/policy/resolve.ts';
import type { Setting } from '../src/settings/setting.ts';
import type { Site } from '../src/site.ts';
import { MappedText } from '../src/text.ts';

const PG: Evidence = {
  kind: 'lockfile',
  file: 'package-lock.json',
  line: null,
  candidates: [{ id: 'node-postgres', version: '8.11.3', packages: { pg: '8.11.3', 'pg-connection-string': '2.6.2' } }],
};

function policy(config: PolicyConfig): FileContext['policy'] {
  const resolved = resolvePolicy(config, { file: null, folder: '.', load: () => ({ ok: false, problems: [] }) });
  if (!resolved.ok) throw new Error(resolved.problems.map(({ message }) => message).join());
  return resolved.policy;
}

function check(text: string, context: Partial<FileContext> = {}): readonly Finding[] {
  const path = context.path ?? '.env';
  return checkFile(text, readDotenv(path, text), { path, policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24', ...context }).findings;
}

/** Rule and, where it is ignored, by what. */
function rules(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, ignored }) => (ignored === null ? rule : `${rule} ignored by ${ignored.by}`));
}

const URL = 'postgres://app:s3cret@db.acme.com/app';

describe('rules', () => {
  const strict = { policy: presetPolicy('sslmode:strict') };
  it.for<[string, Partial<FileContext>, string[]]>([
    [`D=${URL}`, {}, ['require-sslmode']],
    [`D=${URL}?sslmode=disable`, {}, ['no-plaintext']],
    // A host to be filled in by people is no finding, one that a program fills in is.
    ['D=postgres://a:s3cret@<your-host>/app?sslmode=disable', {}, []],
    ['PGHOST=<host>\nPGSSLMODE=disable', {}, []],
    ['D=postgres://a:s3cret@${HOST}/app?sslmode=disable', {}, ['no-plaintext']],
    [`D=${URL}?sslmode=prefer`, {}, ['no-plaintext-fallback']],
    [`D=${URL}?sslmode=allow`, {}, ['no-plaintext-fallback']],
    [`D=${URL}?sslmode=require`, {}, ['prefer-verified']],
    [`D=${URL}?sslmode=require`, strict, ['no-unverified-certificate']],
    [`D=${URL}?sslmode=verify-ca`, strict, ['no-unverified-hostname']],
    [`D=${URL}?sslmode=verify-full`, strict, []],
    // Railway's CA serves this instance alone: verify-ca is enough, where that root is named.
    ['D=postgres://a:s3cret@x.proxy.rlwy.net/app?sslmode=verify-ca&sslrootcert=root.crt', strict, []],
    ['D=postgres://a:s3cret@x.proxy.rlwy.net/app?sslmode=verify-ca', strict, ['no-unverified-hostname']],
    // Amazon's serves all its customers.
    ['D=postgres://a:s3cret@x.rds.amazonaws.com/app?sslmode=verify-ca&sslrootcert=root.crt', strict, ['no-unverified-hostname']],
    // Worked example (a): one warning, the next major version.
    [`D=${URL}?sslmode=require`, { evidence: [PG] }, ['no-version-dependent-sslmode']],
    [`D=${URL}?sslmode=verify-full`, { evidence: [PG] }, []],
    [`D=${URL}?sslmode=verify`, { evidence: [PG] }, ['no-unknown-sslmode']],
    [`D=${URL}?ssl=false`, { evidence: [PG] }, ['no-unknown-sslmode']],
    [`D=${URL}?sslmode=verify-full&channel_binding=require`, { evidence: [PG] }, ['no-ignored-setting']],
    [`D=${URL}?sslmode=disable&sslmode=verify-full`, { evidence: [PG] }, ['no-conflicting-settings']],
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', {}, ['no-global-tls-bypass']],
    ['NODE_TLS_REJECT_UNAUTHORIZED=1', {}, []],
    ['PGHOST=db.acme.com\nPGUSER=app\nPGSSLMODE=verify-full\nPGSSLMINPROTOCOLVERSION=TLSv1', {}, []],
    ['D=postgres://app:s3cret@localhost/app?sslmode=disable', {}, []],
    // Nothing is said and the host is hidden: nobody can tell.
    ['D=postgres://app:s3cret@${HOST}/app', {}, []],
    ['D=postgres://app:s3cret@${HOST}/app?sslmode=disable', {}, ['no-plaintext']],
  ])('%s', ([text, context, expected]) => {
    expect(rules(check(text, context))).toEqual(expected);
  });
});

describe('findings', () => {
  it('stand on the setting that decides, and show the connection with its secret masked', () => {
    const text = `# a comment with hunter2\nD=${URL}?sslmode=require\nOTHER_SECRET=hunter2`;
    const [finding] = check(text);
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe('require');
    expect(finding?.excerpt.text).toBe('postgres://app:***@db.acme.com/app?sslmode=require');
    expect(finding?.excerpt.text.slice(finding.excerpt.mark.start, finding.excerpt.mark.end)).toBe('require');
    expect(JSON.stringify(finding)).not.toMatch(/s3cret|hunter2/);
  });

  it('stand on the value where nothing is said', () => {
    const text = `D=${URL}`;
    const [finding] = check(text);
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe(URL);
  });

  it('name what was written and is not read', () => {
    const [finding] = check(`D=${URL}?sslMode=verify-full`, { evidence: [PG] });
    expect(finding?.rule).toBe('require-sslmode');
    expect(finding?.message).toContain('it never reads `sslMode=verify-full`');
  });

  it('take severity from the class of the host, from the policy, from strict', () => {
    const severity = (text: string, context: Partial<FileContext>): string | undefined => check(text, context)[0]?.severity;
    expect(severity('D=postgres://a:b@10.0.0.4/app', {})).toBe('warning');
    expect(severity(`D=${URL}`, {})).toBe('error');
    expect(severity(`D=${URL}`, { policy: policy({ rules: { 'require-sslmode': 'warning' } }) })).toBe('warning');
    expect(severity(`D=${URL}?sslmode=verify`, { evidence: [PG], policy: presetPolicy('sslmode:strict') })).toBe('error');
    expect(rules(check(`D=${URL}`, { policy: policy({ rules: { 'require-sslmode': 'off' } }) }))).toEqual([]);
  });

  it.for([
    ['.env', 'medium'],
    ['.env.example', null],
    ['test/.env', null],
    ['src/fixtures/db/.env', null],
  ])('nothing said in %s has confidence %s', ([path, confidence]) => {
    expect(check(`D=${URL}`, { path: path ?? '' })[0]?.confidence ?? null).toBe(confidence);
  });
});

describe('hosts', () => {
  it('of docker/awesome-compose gitea-postgres hold their port, and are services all the same', () => {
    const text = 'DB_TYPE=postgres\nDB_HOST=db:5432\nDB_NAME=gitea\nDB_USER=gitea';
    const { connections } = checkFile(text, readDotenv('.env', text), { path: '.env', policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: ['db'], today: '2026-11-24' });
    expect(connections).toMatchObject([{ host: 'db', hostClass: 'local', database: 'gitea' }]);
  });
});

describe('suggestions', () => {
  it.for<[string, Partial<FileContext>, string]>([
    [`D=${URL}`, { evidence: [PG] }, `D=${URL}?sslmode=verify-full`],
    [`D=${URL}?application_name=x`, { evidence: [PG] }, `D=${URL}?application_name=x&sslmode=verify-full`],
    [`D="${URL}?sslmode=disable"`, { evidence: [PG] }, `D="${URL}?sslmode=verify-full"`],
    [`D=${URL}?sslmode=require`, { evidence: [PG] }, `D=${URL}?sslmode=verify-full`],
    [`D=${URL}?sslmode=verfy-full`, { evidence: [PG] }, `D=${URL}?sslmode=verify-full`],
    [`D=${URL}?sslmode=verify-full&channel_binding=require`, { evidence: [PG] }, `D=${URL}?sslmode=verify-full`],
    [`D=${URL}?sslmode=disable&sslmode=verify-full`, { evidence: [PG] }, `D=${URL}?sslmode=verify-full`],
  ])('%s', ([text, context, expected]) => {
    const [finding] = check(text, context);
    const [suggestion] = finding?.suggestions ?? [];
    const [edit] = suggestion?.edits ?? [];
    if (edit === undefined) throw new Error('there is no suggestion');
    const cured = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
    expect(cured).toBe(expected);
    expect(rules(check(cured, context))).toEqual([]);
  });
});

/** What would make a refused string right: advice on spelling only where the spelling is wrong. */
it.for<[string, string | null]>([
  ['D=postgres://a:%zz@db.acme.com/app', 'Write special characters of the password and name percent-encoded.'],
  ['D="host=db.acme.com sslmode=require dbname=my db"', null],
  ['D=postgres://a:s3cret@db.acme.com/app?max=5', 'Delete `max`.'],
])('%s: %s', ([text, remedy]) => {
  const libpq = { evidence: [{ kind: 'manifest' as const, file: 'go.mod', line: null, candidates: [{ id: 'libpq' as const, version: null, packages: {} }] }] };
  expect(check(text, libpq).map(({ rule, remedy: said }) => [rule, said])).toEqual([['no-unparsable-connection', remedy]]);
});

describe('ignores', () => {
  const weak = `D=${URL}?sslmode=disable`;
  it.for<[string, string, string[]]>([
    ['a reason after dashes', `# sslmode-ignore no-plaintext -- old cluster\n${weak}`, ['no-plaintext ignored by comment']],
    ['a reason after a colon, with prefix', `# sslmode-ignore sslmode/no-plaintext: old cluster\n${weak}`, ['no-plaintext ignored by comment']],
    ['a whole file', `# sslmode-ignore-file no-plaintext -- old cluster\n\nX=1\n${weak}`, ['no-plaintext ignored by comment']],
    ['until today', `# sslmode-ignore no-plaintext until 2026-11-24 -- old\n${weak}`, ['no-plaintext ignored by comment']],
    ['until yesterday', `# sslmode-ignore no-plaintext until 2026-11-23 -- old\n${weak}`, ['no-useless-ignore', 'no-plaintext']],
    ['until a day that never comes', `# sslmode-ignore no-plaintext until 2026-13-45 -- typo\n${weak}`, ['no-useless-ignore', 'no-plaintext']],
    ['no reason', `# sslmode-ignore no-plaintext\n${weak}`, ['no-useless-ignore', 'no-plaintext']],
    ['an unknown rule', `# sslmode-ignore no-plaintxt -- old\n${weak}`, ['no-useless-ignore', 'no-plaintext']],
    ['nothing to ignore', `# sslmode-ignore no-plaintext -- old\nX=1`, ['no-useless-ignore']],
    ['two rules, one of use', `# sslmode-ignore no-plaintext, require-sslmode -- old\n${weak}`, ['no-useless-ignore', 'no-plaintext ignored by comment']],
    ['two comments above', `# sslmode-ignore no-plaintext -- old\n# sslmode-ignore require-sslmode -- none\n${weak}`, ['no-plaintext ignored by comment', 'no-useless-ignore']],
    ['not above', `# sslmode-ignore no-plaintext -- old\nX=1\n${weak}`, ['no-useless-ignore', 'no-plaintext']],
  ])('%s', ([, text, expected]) => {
    expect(rules(check(text)).sort()).toEqual(expected.sort());
  });

  it('say what is wrong with the place, behind a value of .env and above nothing', () => {
    for (const text of [`${weak} # sslmode-ignore no-plaintext -- old`, `${weak}\n# sslmode-ignore no-plaintext -- old`]) {
      expect(check(text).map(({ message }) => message)).toContainEqual(expect.stringContaining('put it on a line of its own'));
    }
  });

  it('come from the policy, by path and key', () => {
    const ignore = [{ rule: 'no-plaintext', path: 'deploy/**', key: 'D', reason: 'old' }];
    expect(rules(check(weak, { path: 'deploy/.env', policy: policy({ ignore }) }))).toEqual(['no-plaintext ignored by policy']);
    expect(rules(check(weak, { path: 'other/.env', policy: policy({ ignore }) }))).toEqual(['no-plaintext']);
  });

  it('are not unused while a rule that they name did not run', () => {
    const text = '# sslmode-ignore no-plaintext -- old\nX=1';
    expect(rules(check(text, { rules: ['require-sslmode', 'no-useless-ignore'] }))).toEqual([]);
  });
});

describe('settings beside a string', () => {
  const member = (name: string, value: string | null): Setting => ({ name, key: name, value, place: 'string', span: { start: 90, end: 97 }, whole: { start: 90, end: 97 } });
  const site = (text: string | null, members: readonly Setting[]): Site => ({
    form: text === null ? 'group' : 'url', key: null, span: { start: 0, end: 9 }, members, environment: [], options: undefined, driver: null, hints: [], condition: null, unparsed: false,
    string: text === null || text === 'hidden' ? text : MappedText.verbatim(text, 0, text.length),
  });
  const effective = (...sites: readonly Site[]): unknown[] => {
    const reading = { sites, comments: [], bypasses: [], problems: [], localNames: [] };
    const { connections } = checkFile(' '.repeat(100), reading, { path: 'config/database.yml', policy: presetPolicy('sslmode:recommended'), evidence: [PG], localNames: [], today: '2026-11-24' });
    return connections.map((connection) => [connection.effective, connection.weakest, connection.strongest]);
  };
  it('make no second connection where two branches say the same', () => {
    const [one, same, other] = [site(URL, []), site(URL, []), site(URL, [member('sslmode', 'require')])];
    expect(effective(one, same, other)).toHaveLength(2);
  });
  it.for<[string, Site, string[]]>([
    ['count where the string says nothing', site(URL, [member('sslmode', 'no-verify')]), ['require', 'require', 'require']],
    ['give way to what the string says', site(`${URL}?sslmode=verify-full`, [member('sslmode', 'no-verify')]), ['verify-full', 'verify-full', 'verify-full']],
    ['count beside a hidden string, with its range', site('hidden', [member('sslmode', 'no-verify')]), ['require', 'disable', 'verify-full']],
    ['are unknown where they are hidden', site(URL, [member('sslmode', null)]), ['unknown', 'disable', 'verify-full']],
    ['are unknown where a group hides them', site(null, [member('host', 'db.acme.com'), member('sslmode', null)]), ['unknown', 'disable', 'verify-full']],
  ])('%s', ([, found, expected]) => {
    expect(effective(found)).toEqual([expected]);
  });
});

describe('one value, several readers', () => {
  const lines = (found: Finding | undefined, text: string): (number | undefined)[] => (found?.related ?? []).map(({ span }) => text.slice(0, span.start).split('\n').length);

  it('reports the reader where the value weighs most, whatever stands first, and names the others', () => {
    const text = 'K=postgres://u:s3cret@${UNSET}/app\nA=postgres://u:s3cret@a.example.com/app\nB=postgres://u:s3cret@b.example.com/app\nPGSSLMODE=disable';
    const findings = check(text);
    expect(findings.map(({ rule, severity, connection }) => [rule, severity, connection?.host])).toEqual([['no-plaintext', 'error', 'a.example.com']]);
    expect(lines(findings[0], text)).toEqual([2, 3, 1]);
    expect(findings[0]?.related.map(({ message }) => message)).toEqual(['the connection to a.example.com', 'the connection to b.example.com', 'the connection']);
  });

  it('leaves a reader standing when only another is ignored', () => {
    const text = '# sslmode-ignore no-plaintext -- moves next week\nA=postgres://u:s3cret@a.example.com/app\nB=postgres://u:s3cret@b.example.com/app\nPGSSLMODE=disable';
    expect(check(text).map(({ ignored, connection }) => [ignored?.by, connection?.host])).toEqual([['comment', 'a.example.com'], [undefined, 'b.example.com']]);
  });

  it('names the place of a connection whose setting stands elsewhere', () => {
    const text = 'PGHOST=db.acme.com\nPGSSLMODE=disable';
    expect(lines(check(text)[0], text)).toEqual([1]);
    expect(check(`D=${URL}?sslmode=disable`)[0]?.related).toEqual([]);
  });
});

it('shows no sslpassword where it says that it is not read', () => {
  const findings = check(`D=${URL}?sslmode=verify-full&sslpassword=hunter2x`, { evidence: [PG] });
  expect(findings.map(({ rule, message }) => [rule, message.split(' ')[0]])).toEqual([['no-ignored-setting', '`sslpassword=***`']]);
  expect(JSON.stringify(findings)).not.toContain('hunter2x');
});
