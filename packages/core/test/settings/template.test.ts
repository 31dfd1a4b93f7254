import { describe, expect, it } from 'vitest';
import { parseString } from '../../src/settings/index.ts';
import { findTemplates, isTemplateWord } from '../../src/settings/template.ts';
import { settingsOf } from './notation.ts';

describe('template parts', () => {
  it.for<[string, readonly string[]]>([
    ['a${X}b', ['${X}']],
    ['${X:-a}${Y}', ['${X:-a}', '${Y}']],
    ['${X:-${Y:-z}}', ['${X:-${Y:-z}}']],
    ['${a ? `${b}` : {c: 1}}', ['${a ? `${b}` : {c: 1}}']],
    ['${{ secrets.X }}', ['${{ secrets.X }}']],
    ["${{ format('{0}', x) }}", ["${{ format('{0}', x) }}"]],
    ['{{ .Values.x }}', ['{{ .Values.x }}']],
    ['{{- include "x" . | quote -}}', ['{{- include "x" . | quote -}}']],
    ['{% if x %}a{% endif %}', ['{% if x %}', '{% endif %}']],
    ['<%= ENV["X"] %>', ['<%= ENV["X"] %>']],
    ['<%= ENV.fetch("X") { "y" } %>', ['<%= ENV.fetch("X") { "y" } %>']],
    ['$(X)', ['$(X)']],
    ['$(cat $(pwd)/x)', ['$(cat $(pwd)/x)']],
    ['%(X)s', ['%(X)s']],
    ['#{x}', ['#{x}']],
    ['#{x}#', ['#{x}#']],
    ['<placeholder>', ['<placeholder>']],
    ['<your password>', ['<your password>']],
    ['{user}{}{0}', ['{user}', '{}', '{0}']],
    ["{os.environ['X']}", ["{os.environ['X']}"]],
    ['%env(resolve:X)%', ['%env(resolve:X)%']],
    ['${X', []],
    ['{{ x', []],
    ['$(x', []],
    ['a < b > c', []],
    ['%(X)', []],
    ['$X %s', []],
    ['a{"b": 1}', []],
  ])('%s holds %j', ([text, expected]) => {
    expect(findTemplates(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it.for(['$X', '$db_host', '$1', '%s', '%d', '%v', '%q', '%+v', '%[1]s', '%DB_HOST%'])('%s is one as a whole part', (word) => {
    expect(isTemplateWord(word)).toBe(true);
  });

  it.for(['', '$', 'a$X', '$X.b', '%', '%x', '%41', '%sa', '5432'])('%s is none', (word) => {
    expect(isTemplateWord(word)).toBe(false);
  });
});

describe('a URL with template parts', () => {
  it.for<[string, readonly string[], boolean]>([
    ['postgres://${U}:${P}@${H}:${PORT}/${DB}?sslmode=${M}', ['user=? <${U}>', 'password=? <${P}>', 'host=? <${H}>', 'port=? <${PORT}>', 'dbname=? <${DB}>', 'sslmode=? <${M}>'], false],
    ['postgres://$U:$P@$H:$PORT/$DB?sslmode=$M', ['user=? <$U>', 'password=? <$P>', 'host=? <$H>', 'port=? <$PORT>', 'dbname=? <$DB>', 'sslmode=? <$M>'], false],
    ['postgres://%s:%s@%s:%d/%s?sslmode=%s', ['user=? <%s>', 'password=? <%s>', 'host=? <%s>', 'port=? <%d>', 'dbname=? <%s>', 'sslmode=? <%s>'], false],
    ['postgres://{user}:{password}@{host}:{port}/{db}', ['user=? <{user}>', 'password=? <{password}>', 'host=? <{host}>', 'port=? <{port}>', 'dbname=? <{db}>'], false],
    ['postgres://{{ .Values.user }}@{{ .Values.host }}:5432/app', ['user=? <{{ .Values.user }}>', 'host=? <{{ .Values.host }}>', 'port=5432', 'dbname=app'], false],
    ['postgres://${CREDS}@h/app', ['user=? <${CREDS}>', 'host=h', 'dbname=app'], false],
    ['postgres://${CREDS:-u:p@}h/app', ['host=? <${CREDS:-u:p@}h>', 'dbname=app'], false],
    ['postgres://u:${P:-a/b?c@d}@h/app', ['user=u', 'password=? <${P:-a/b?c@d}>', 'host=h', 'dbname=app'], false],
    ['postgres://u:x${P}@db-${ENV}.example.com/app', ['user=u', 'password=? <x${P}>', 'host=? <db-${ENV}.example.com>', 'dbname=app'], false],
    ['postgres://u@<host>/<database>', ['user=u', 'host=? <<host>>', 'dbname=? <<database>>'], false],
    ['postgres://h/app${SUFFIX}', ['host=h', 'dbname=? <app${SUFFIX}>'], true],
    ['postgres://h/${DB}${SUFFIX}', ['host=h', 'dbname=? <${DB}${SUFFIX}>'], true],
    ['postgres://h/${DB_PARAMS}', ['host=h', 'dbname=? <${DB_PARAMS}>'], true],
    ['postgres://h/${DB}x?a=b', ['host=h', 'dbname=? <${DB}x>', 'a=b'], false],
    ['postgres://h/app?${QUERY}', ['host=h', 'dbname=app'], true],
    ['postgres://h/app?sslmode=require&${QUERY}', ['host=h', 'dbname=app', 'sslmode=require'], true],
    ['postgres://h/app?${NAME}=x', ['host=h', 'dbname=app'], true],
    ['postgres://h/app?sslmode=require${MORE}', ['host=h', 'dbname=app', 'sslmode=? <require${MORE}>'], true],
    ['postgres://${REST}', ['host=? <${REST}>'], true],
    ['postgres://u:p@${REST}', ['user=u', 'password=p', 'host=? <${REST}>'], true],
    ['postgres://u:p@$REST', ['user=u', 'password=p', 'host=? <$REST>'], true],
    ['postgres://%s.svc.cluster.local/app_%d?a=b', ['host=? <%s.svc.cluster.local>', 'dbname=? <app_%d>', 'a=b'], false],
    ['{{ scheme }}://u@h/app?sslmode=require', ['user=u', 'host=h', 'dbname=app', 'sslmode=require'], false],
    ['${DATABASE_URL}?sslmode=require', ['sslmode=require'], true],
    ['$DATABASE_URL?sslmode=require', ['sslmode=require'], true],
    ['${DATABASE_URL}&a=b&sslmode=require', ['a=b', 'sslmode=require'], true],
    ['<%= ENV["DATABASE_URL"] %>?sslmode=require', ['sslmode=require'], true],
  ])('%s', ([text, expected, open]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ form: 'url', problem: null, open });
    expect(parsed.templates.length).toBeGreaterThan(0);
  });
});
