import fc from 'fast-check';

/** Stands in every generated password, in each piece between its odd characters. */
export const CANARY = 'Qx7Zq';

/** Any four letters of the canary in a row: a part of a secret is leaked, too. */
const PART = new RegExp(Array.from({ length: CANARY.length - 3 }, (_, at) => CANARY.slice(at, at + 4)).join('|'));

/** Whether the canary, a part of it, or what it is in another encoding, can be found; also where lines part it. */
export function leaks(shown: string): boolean {
  const plain = shown
    .replace(/%([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})|\\x([0-9A-Fa-f]{2})|&#x([0-9A-Fa-f]{2});/g, (_, ...digits: (string | undefined)[]) => String.fromCharCode(Number.parseInt(digits.slice(0, 4).find((hex) => hex !== undefined) ?? '', 16)))
    .replace(/&#(\d{2,3});/g, (_, code: string) => String.fromCharCode(Number(code)));
  const words = shown.match(/[A-Za-z0-9+/]{6,}/g) ?? [];
  return PART.test(plain) || PART.test(plain.replace(/[\s"'+\\]/g, '')) || words.some((word) => [0, 1, 2, 3].some((skip) => PART.test(Buffer.from(word.slice(skip), 'base64').toString('latin1'))));
}

const passwords = (...odd: string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...odd, 'a', '5', 'é', '😀', '_', '-'), { maxLength: 5 }).map((all) => `${all.join(CANARY)}${CANARY}${all.at(0) ?? ''}`);

const percentEncoded = (text: string): string => [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** A place for a password in a text of some form, each with what may stand in it there without being escaped. */
export const FORMS: readonly (readonly [string, fc.Arbitrary<string>, (password: string) => string])[] = [
  ['URL', passwords(), (password) => `postgres://u:${password}@db.example.com:5432/app?sslmode=require`],
  ['URL, encoded', passwords('@', '/', '?', ' ', '&', '=', "'"), (password) => `postgres://u:${encodeURIComponent(password)}@db.example.com/app?sslmode=require`],
  ['URL, all encoded', passwords('@', '/', ':'), (password) => `postgres://u:${percentEncoded(password)}@db.example.com/app`],
  ['URL, not encoded', passwords('@', '/', '?', '#', ' ', ':', "'", '"', ';', ',', '&', '%', '\\', '+', '!', '{', '}', '[', ']', '<', '>', '$', '\n'), (password) => `postgres://u:${password}@db.example.com/app?sslmode=require`],
  ['URL, like base64', passwords('/', '+', '=', '=='), (password) => `postgres://u:${password}@db.example.com/app?sslmode=require`],
  ['URL without user', passwords('@', '/', ':', ' '), (password) => `postgres://:${password}@h`],
  ['URL without host', passwords(':', '!'), (password) => `postgres://u:${password}`],
  ['URL in text', passwords('@', '/', ':', '#', '!'), (password) => `psql 'postgres://u:${password}@h/app' -c 'select 1'`],
  ['URL in JSON', passwords('@', '/', ':', '#', '!'), (password) => `{"url": "postgres://u:${password}@h/app", "pool": {"max": 5}}`],
  ['two URLs', passwords('@', '/', ':', '#'), (password) => `A=postgres://u:${password}@h/a B=postgresql://v:${password}@i/b`],
  ['parameter', passwords('@', '/', ':', '#', '?', ';', ' ', "'"), (password) => `postgres://h/app?a=b&password=${password}&sslmode=require`],
  ['parameter, encoded', passwords('@', '&', '=', ' '), (password) => `postgres://h/app?sslpassword=${encodeURIComponent(password)}&a=b`],
  ['JDBC', passwords('@', '/', ':', '+', '?', ';'), (password) => `jdbc:postgresql://h/app?user=u&password=${password}&ssl=true`],
  ['JDBC, userinfo', passwords('@', '/', ':', '?'), (password) => `jdbc:postgresql://u:${password}@h:5432/app`],
  ['keyword/value', passwords('@', '/', ':', '?', ';', '=', ',', '"'), (password) => `host=h user=u password=${password} dbname=app sslmode=require`],
  ['keyword/value, quoted', passwords(' ', "'", '\\', '=', '\n', 'host=x'), (password) => `host=h password='${password.replace(/['\\]/g, '\\$&')}' dbname=app`],
  ['keyword/value, spaces', passwords(' ', '@', '"', ';', "'"), (password) => `host=h user=u password=${password} dbname=app sslmode=require`],
  ['keyword/value, broken quotes', passwords(' ', "'", '@'), (password) => `host=h user=u password='${password} dbname=app sslmode=require`],
  ['ADO', passwords('@', '/', ':', '?', '=', ' ', ',', '&'), (password) => `Host=h;Username=u;Password=${password};Database=app;SSL Mode=Require`],
  ['ADO, quoted', passwords(';', '"', "'", ' ', '=', ';Host=x'), (password) => `Host=h;Pwd="${password.replaceAll('"', '""')}";Database=app`],
  ['ADO, semicolons', passwords(';', ' ', "'", '"'), (password) => `Host=h;Username=u;PWD=${password};Database=app;SSL Mode=Require`],
  ['ADO of others', passwords('@', '/', ':', '?'), (password) => `Server=h;User Id=sa;Password=${password};Encrypt=true`],
  ['variable', passwords('@', '/', ':', ' '), (password) => `PGPASSWORD="${password}" PGHOST=h psql`],
  ['YAML', passwords('@', '/', ' '), (password) => `host: h\npassword: ${password}\n`],
  ['default', passwords('@', '/', ' ', '!'), (password) => `postgres://u:\${PW:-${password}}@h/app`],
  ['default in Spring', passwords('@', '/', '!'), (password) => `\${DB_PASSWORD:${password}}`],
  ['default of a whole', passwords('@', ':', '!'), (password) => `\${DATABASE_URL:-postgres://u:${password}@h/app}`],
  ['base64', passwords('@', '/', ':'), (password) => Buffer.from(`postgres://app:${password}@db.example.com:5432/app`).toString('base64')],
];
