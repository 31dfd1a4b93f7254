import { describe, expect, it } from 'vitest';
import { redactString, redactValue, safeName, safeWord } from '../src/redact.ts';
import { CANARY, FORMS, leaks } from './canary.ts';
import { property } from './property.ts';

/** Enough for a million runs. */
const timeout = 600_000;

describe('redactString', () => {
  it.for<[string, string]>([
    // URLs: only the password goes.
    ['postgres://u:pw@db.example.com:5432/app?sslmode=require', 'postgres://u:***@db.example.com:5432/app?sslmode=require'],
    ['postgres://:pw@h/app', 'postgres://:***@h/app'],
    ['postgres://u@h/app', 'postgres://u@h/app'],
    ['postgres://u:@h/app', 'postgres://u:@h/app'],
    ['postgres://h:5432/app', 'postgres://h:5432/app'],
    ['postgres://[::1]:5432/app', 'postgres://[::1]:5432/app'],
    ['postgres://u:pw@[::1],h2:5/app', 'postgres://u:***@[::1],h2:5/app'],
    ['postgres://u:p%40ss@h/app', 'postgres://u:***@h/app'],
    ['postgres://u%3Apw@h/app', 'postgres://u%3A***@h/app'],
    ['postgres://h/app?user=me@tenant&sslmode=require', 'postgres://h/app?user=me@tenant&sslmode=require'],
    ['postgres://u:pw@h/app?application_name=a@b', 'postgres://u:***@h/app?application_name=a@b'],
    ['postgres://h/app?options=endpoint%3Dep-cool-darkness-123456', 'postgres://h/app?options=endpoint%3Dep-cool-darkness-123456'],
    ['postgres://u:pw@ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech/neondb', 'postgres://u:***@ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech/neondb'],
    ['postgres://h/app?passfile=/home/me/.pgpass&sslrootcert=/etc/ssl/certs/us-east-1-bundle-of-2024.pem&require_auth=scram-sha-256', 'postgres://h/app?passfile=/home/me/.pgpass&sslrootcert=/etc/ssl/certs/us-east-1-bundle-of-2024.pem&require_auth=scram-sha-256'],
    ['postgres://h/app?password=pw&sslmode=require', 'postgres://h/app?password=***&sslmode=require'],
    ['postgres://h/app?pass%77ord=pw&sslpassword=pw&a=b', 'postgres://h/app?pass%77ord=***&sslpassword=***&a=b'],
    ['prisma+postgres://accelerate.example.com/?api_key=pw', 'prisma+postgres://accelerate.example.com/?api_key=***'],
    ['jdbc:postgresql://h/app?user=u&password=pw&ssl=true', 'jdbc:postgresql://h/app?user=u&password=***&ssl=true'],
    ['jdbc:postgresql://u:pw@h/app', 'jdbc:postgresql://u:***@h/app'],
    ['jdbc:postgresql:app?password=pw', 'jdbc:postgresql:app?password=***'],
    ['mysql://u:pw@h/app', 'mysql://u:***@h/app'],
    // Passwords that should have been encoded.
    ['postgres://u:p@ss@h/app', 'postgres://u:***@h/app'],
    ['postgres://u:p/ss@h/app', 'postgres://u:***@h/app'],
    ['postgres://u:p?s#s w"d@h:5/app', 'postgres://u:***@h:5/app'],
    ['postgres://u:12/ss@h/app', 'postgres://u:***@h/app'],
    ['postgres://u:p%zz@h/app', 'postgres://u:***@h/app'],
    ['postgres://u:x://y@h/app', 'postgres://u:***@h/app'],
    ['postgres://a:b@c:d@h/app', 'postgres://a:***@h/app'],
    ['postgres://u:pw', 'postgres://u:***'],
    ['user:pw@h', 'user:***@h'],
    ['postgres://h/app?x=pw@y&a=b', 'postgres://h/app?x=***&a=b'],
    ['postgres://h/app?next=postgres%3A%2F%2Fu%3Apw%40h', 'postgres://h/app?next=***'],
    // Templates are no secrets, their defaults may be.
    ['postgres://${U}:${PW}@${H}:${PORT}/${DB}?sslmode=${M}', 'postgres://${U}:${PW}@${H}:${PORT}/${DB}?sslmode=${M}'],
    ['postgres://{{ .Values.user }}:{{ .Values.password }}@h', 'postgres://{{ .Values.user }}:{{ .Values.password }}@h'],
    ['postgres://u:${PW:-hunter2}@h/app', 'postgres://u:***@h/app'],
    ['postgres://u:$ecret@h/app', 'postgres://u:***@h/app'],
    ['postgres://${CREDS:-u:hunter2@}h/app', 'postgres://${CREDS:-***}h/app'],
    ['${PASSWORD:-hunter2}', '${PASSWORD:-***}'],
    ['${DB_PASSWORD:hunter2}', '${DB_PASSWORD:***}'],
    ['${DB_HOST:-localhost}', '${DB_HOST:-localhost}'],
    ['jdbc:postgresql://${DB_HOST:localhost}:${DB_PORT:5432}/app', 'jdbc:postgresql://${DB_HOST:localhost}:${DB_PORT:5432}/app'],
    ['${URL:-postgres://u:pw@h/app}', '${URL:-postgres://u:***@h/app}'],
    // Keyword/value and ADO.
    ['host=h password=pw dbname=d', 'host=h password=*** dbname=d'],
    ["host=h password = 'p w\\'x' dbname=d TimeZone=UTC", "host=h password = '***' dbname=d TimeZone=UTC"],
    ['host=h password=my p w dbname=d', 'host=h password=*** dbname=d'],
    ["host=h password='open dbname=d", 'host=h password=***'],
    ["host=h user=u dbname=d password='it's me", 'host=h user=u dbname=d password=***'],
    ['host=h password=${PW} dbname=d', 'host=h password=${PW} dbname=d'],
    ['dbname=postgres://u:pw@h/d', 'dbname=postgres://u:***@h/d'],
    ["host=h dbname=d options='-c my.password=pw'", "host=h dbname=d options='***'"],
    ['Host=h;Username=u;Password=pw;Include Error Detail=true', 'Host=h;Username=u;Password=***;Include Error Detail=true'],
    ['Host=h;Username=u;Pwd="p;w";SSL Password=x', 'Host=h;Username=u;Pwd="***";SSL Password=***'],
    ['Host=h;Username=u;Password=a;b;Database=d', 'Host=h;Username=u;Password=***;Database=d'],
    ['Server=h;User Id=u;Password=pw', 'Server=h;User Id=u;Password=***'],
    // In other text.
    ['psql "postgres://u:pw@h/app" -c "a@b"', 'psql "postgres://u:***@h/app" -c "a@b"'],
    ['A=postgres://u:pw@h/a B=postgres://v:pw@i/b', 'A=postgres://u:***@h/a B=postgres://v:***@i/b'],
    ['PGPASSWORD=pw psql', 'PGPASSWORD=***'],
    ['{"password":"pw","host":"h"}', '{"password":***,"host":"h"}'],
    // Keys and tokens.
    ['postgres://h/app?sslkey=-----BEGIN PRIVATE KEY-----MIIB%0A-----END PRIVATE KEY-----&a=b', 'postgres://h/app?sslkey=***&a=b'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '***'],
    // Controls.
    ['postgres://h/\u001B[31mapp\u0007\u202Eb\uD800', 'postgres://h/\uFFFD[31mapp\uFFFD\uFFFDb\uFFFD'],
    ['host=h\n\tdbname=d', 'host=h  dbname=d'],
    ['', ''],
  ])('%s becomes %s', ([text, expected]) => {
    expect(redactString(text)).toBe(expected);
  });
});

describe('redactValue', () => {
  it.for<[string, string, string]>([
    ['DB_PASSWORD', 'pw', '***'],
    ['PGPASSWORD', 'pw', '***'],
    ['db.passwd', 'p w', '***'],
    ['pwd', 'pw', '***'],
    ['spring.datasource.password', 'pw', '***'],
    ['apiKey', 'pw', '***'],
    ['API_KEY', 'pw', '***'],
    ['private_key', 'pw', '***'],
    ['JWT_SECRET', 'pw', '***'],
    ['AUTH_TOKEN', 'pw', '***'],
    ['DB_PASSWORD', '', ''],
    ['DB_PASSWORD', '${PW}', '${PW}'],
    ['DB_PASSWORD', '${PW:-x}', '***'],
    ['DB_PASSWORD_FILE', '/run/secrets/db', '/run/secrets/db'],
    ['PGPASSFILE', '/home/me/.pgpass', '/home/me/.pgpass'],
    ['sslkey', '/etc/client.key', '/etc/client.key'],
    ['sslkey', '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n', '*** '],
    ['DATABASE_URL', 'postgres://u:pw@h/app', 'postgres://u:***@h/app'],
    ['PGSSLMODE', 'require', 'require'],
    ['PGHOST', 'db.example.com', 'db.example.com'],
    ['x', Buffer.from('postgres://user:password@db.example.com/app').toString('base64'), '***'],
  ])('%s: %s becomes %s', ([key, text, expected]) => {
    expect(redactValue(key, text)).toBe(expected);
  });
});

describe('safeWord', () => {
  it.for(['require', 'verify-full', 'VerifyFull', 'verfy_full', 'true', '1', 'TLSv1.2', '', '/etc/root.crt'])('shows %j', (word) => {
    expect(safeWord(word)).toBe(word);
  });

  it.for(['two words', 'p@ss', "it's", 'a\u001Bb', 'x'.repeat(41), 'http://h', 'AKIAIOSFODNN7EXAMPLE', 'Zm9vYmFyMTIzNFF1eHhBYmNEZWZnSGlq', '${X}'])('masks %j', (word) => {
    expect(safeWord(word)).toBe('***');
  });
});

describe('safeName', () => {
  it.for<[string, string]>([
    ['db.example.com', 'db.example.com'],
    ['/var/run/postgresql', '/var/run/postgresql'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['services.api.environment.DATABASE_URL', 'services.api.environment.DATABASE_URL'],
    ['ss@h', '***@h'],
    ['u:p@h', '***@h'],
    ['postgres://u:p@h', '***@h'],
    ['a\u001B[2Jb\r\nc', 'a\uFFFD[2Jb  c'],
    ['x'.repeat(500), `${'x'.repeat(120)}…`],
    [`${'a'.repeat(119)}😀😀`, `${'a'.repeat(119)}\uFFFD…`],
  ])('%j becomes %j', ([name, expected]) => {
    expect(safeName(name)).toBe(expected);
  });
});

describe('a password', () => {
  it.for(FORMS)('is never shown: %s', { timeout }, ([, arbitrary, text]) => {
    property(
      arbitrary,
      (password) => {
        const shown = redactString(text(password));
        if (leaks(shown)) throw new Error(`shown: ${shown}`);
        expect(shown).not.toMatch(/\p{Cc}/u);
      },
      500,
    );
  });

  it.for(FORMS.filter(([name]) => /^(?:URL|URL, encoded|parameter|parameter, encoded|keyword\/value|keyword\/value, quoted|ADO|ADO, quoted|JDBC)$/.test(name)))('is all that is masked: %s', ([, , text]) => {
    expect(redactString(text(CANARY))).toBe(text('***'));
  });

  it.for([['postgres://', 'a://'], ['postgres://u:', '@'], ['postgres://', 'u:p@h '], ['', 'password=a '], ['', "password='"], ['', 'a '], ['', 'aaaa'], ['', '-----BEGIN '], ['', '-eyJaaaaaaaaaaaa'], ['', '${A:-'], ['', ' '], ['postgres://h?', 'a=b@c&'], ['', 'postgres://u:p ']])(
    'is looked for in linear time: %s and many %j',
    { timeout },
    ([start = '', unit = '']) => {
      const text = start + unit.repeat(100_000 / unit.length);
      const from = performance.now();
      redactString(text);
      expect(performance.now() - from).toBeLessThan(10_000);
    },
  );
});
