import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/index.ts';
import { repository, write } from '../git/support.ts';
import { CANARY, run, tree } from '../support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

type Files = Readonly<Record<string, string>>;

function shownOf(stdout: string): { connections: string[]; findings: string[]; related: string[][]; report: Report } {
  expect(stdout).not.toContain(CANARY);
  const report = JSON.parse(stdout) as Report;
  return {
    connections: report.connections.map(({ file, line, effective, host, hostClass }) => `${file}:${line} ${effective} ${host ?? '-'} ${hostClass}`),
    findings: report.findings.filter(({ ignored }) => ignored === null).map(({ file, line, rule, host }) => `${file}:${line} ${rule} ${host ?? '-'}`),
    related: report.findings.map(({ related }) => related.map(({ file, line }) => `${file}:${line}`)),
    report,
  };
}

async function scan(files: Files, ...args: readonly string[]): Promise<ReturnType<typeof shownOf>> {
  const { stdout } = await run(tree({ 'Chart.yaml': 'apiVersion: v2\nname: app\n', ...files }), ['scan', '--format', 'json', ...args]);
  return shownOf(stdout);
}

const pod = (...env: readonly string[]): string => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      env:\n${env.map((line) => `        ${line}\n`).join('')}`;

describe('a template and the values of its chart', () => {
  it('are one connection: the finding stands at the value, and names the template', async () => {
    const { connections, findings, related } = await scan({
      'values.yaml': 'postgresql:\n  host: db.example.com\n  sslmode: disable\n',
      'templates/pod.yaml': pod('- name: PGHOST', '  value: {{ .Values.postgresql.host | quote }}', '- name: PGSSLMODE', '  value: {{ .Values.postgresql.sslmode }}'),
    });
    expect(connections).toEqual(['values.yaml:2 disable db.example.com public']);
    expect(findings).toEqual(['values.yaml:3 no-plaintext db.example.com']);
    expect(related).toEqual([['values.yaml:2', 'templates/pod.yaml:8']]);
  });

  it.for<[what: string, value: string, values: string, expected: string]>([
    ['a URL with values in it', '"postgres://app@{{ .Values.db.host }}/app?sslmode={{ .Values.db.mode }}"', 'db: { host: db.example.com, mode: disable }', 'disable db.example.com public'],
    ['printf', '{{ printf "postgres://app@%s:%d/app?sslmode=%s" .Values.db.host (.Values.db.port | int) .Values.db.mode | quote }}', 'db: { host: db.example.com, port: 5432, mode: disable }', 'disable db.example.com public'],
    ['default, where there is a value', '{{ .Values.url | default "postgres://app@other.example.com/app?sslmode=verify-full" }}', 'url: postgres://app@db.example.com/app?sslmode=disable', 'disable db.example.com public'],
    ['default, where there is none', '{{ default "postgres://app@db.example.com/app?sslmode=disable" .Values.url }}', 'url: ""', 'disable db.example.com public'],
    ['required', '{{ required "say where" .Values.url | squote }}', 'url: "postgres://app@db.example.com/app?sslmode=disable"', 'disable db.example.com public'],
    ['ternary', '{{ ternary "postgres://app@db.example.com/app?sslmode=disable" "sqlite://" .Values.postgresql.enabled }}', 'postgresql: { enabled: true }', 'disable db.example.com public'],
    ['tpl', '{{ tpl .Values.url . }}', "host: db.example.com\nurl: 'postgres://app@{{ .Values.host }}/app?sslmode=disable'", 'disable db.example.com public'],
    ['a service of the release', 'postgres://app@{{ .Release.Name }}-postgresql:5432/app', 'x: 1', 'disable release-name-postgresql local'],
    ['a host that is not given stays hidden', 'postgres://app@{{ .Values.db.host }}/app?sslmode=disable', 'db: { host: "" }', 'disable - hidden'],
    ['a function that nobody knows stays hidden', 'postgres://app@{{ lookup "v1" "Secret" .Release.Namespace "x" }}/app?sslmode=disable', 'x: 1', 'disable - hidden'],
  ])('%s', async ([, value, values, expected]) => {
    const { connections } = await scan({ 'package.json': '{ "dependencies": { "pg": "^8.0.0" } }', 'values.yaml': `${values}\n`, 'templates/pod.yaml': pod('- name: DATABASE_URL', `  value: ${value}`) });
    expect(connections.map((each) => each.replace(/^\S+ /, ''))).toContain(expected);
  });

  it('values decide which branch counts; the other one is still listed', async () => {
    const branches = pod('{{- if .Values.postgresql.enabled }}', '- name: DATABASE_URL', '  value: postgres://app@{{ .Release.Name }}-postgresql/app?sslmode=disable', '{{- else }}', '- name: DATABASE_URL', '  value: postgres://app@{{ .Values.external.host }}/app?sslmode=disable', '{{- end }}');
    const values = (enabled: boolean): string => `postgresql:\n  enabled: ${enabled}\nexternal:\n  host: db.example.com\n`;
    const inside = await scan({ 'values.yaml': values(true), 'templates/pod.yaml': branches });
    expect(inside.connections).toEqual(['templates/pod.yaml:9 disable release-name-postgresql local', 'templates/pod.yaml:12 disable - hidden']);
    expect(inside.findings).toEqual([]);
    const outside = await scan({ 'values.yaml': values(false), 'templates/pod.yaml': branches });
    expect(outside.connections).toEqual(['templates/pod.yaml:9 disable - hidden', 'templates/pod.yaml:12 disable db.example.com public']);
    expect(outside.findings).toEqual(['templates/pod.yaml:12 no-plaintext db.example.com']);
    expect(outside.related).toEqual([['values.yaml:4']]);
  });

  it('each file of values beside is a world of its own', async () => {
    const { connections } = await scan({
      'values.yaml': 'db:\n  host: localhost\n  mode: disable\n',
      'values-production.yaml': 'db:\n  host: db.example.com\n',
      'templates/pod.yaml': pod('- name: PGHOST', '  value: {{ .Values.db.host }}', '- name: PGSSLMODE', '  value: {{ .Values.db.mode }}'),
    });
    expect(connections).toEqual(['values-production.yaml:2 disable db.example.com public', 'values.yaml:2 disable localhost loopback']);
  });

  it('a range over variables and a block of YAML in the values', async () => {
    const { connections, findings } = await scan({
      'values.yaml': 'env:\n  PGHOST: db.example.com\nmore:\n  - name: PGSSLMODE\n    value: disable\n',
      'templates/pod.yaml': pod('# PGHOST and its kin', '{{- range $name, $value := .Values.env }}', '- name: {{ $name }}', '  value: {{ $value | quote }}', '{{- end }}', '{{- with .Values.more }}', '{{- toYaml . | nindent 8 }}', '{{- end }}', '- name: PGUSER', '  value: app', '- name: PGDATABASE', '  value: app'),
    });
    expect(connections).toEqual(['values.yaml:2 disable db.example.com public']);
    expect(findings).toEqual(['values.yaml:5 no-plaintext db.example.com']);
  });

  it('an ignore beside the value counts', async () => {
    const { findings, report } = await scan({
      'values.yaml': 'url:\n  host: db.example.com\n  # sslmode-ignore no-plaintext -- a tunnel\n  sslmode: disable\n',
      'templates/pod.yaml': pod('- name: PGHOST', '  value: {{ .Values.url.host }}', '- name: PGSSLMODE', '  value: {{ .Values.url.sslmode }}'),
    });
    expect(findings).toEqual([]);
    expect(report.summary.ignored).toBe(1);
  });

  it('what the values say of TLS and the template does not seem to use is not lost', async () => {
    const { connections } = await scan({
      'values.yaml': 'postgresql:\n  host: db.example.com\n  sslmode: verify-full\n',
      'templates/pod.yaml': pod('- name: PGHOST', '  value: {{ .Values.postgresql.host }}', '{{- include "app.tls" . | nindent 8 }}'),
    });
    expect(connections).toContain('values.yaml:2 verify-full db.example.com public');
  });

  it('what does not render as YAML, or has no end, is read as it was', async () => {
    for (const broken of ['{{- if .Values.x }}', '{{ .Values.x', '{{- range .Values.list }}{{ end }}{{ end }}']) {
      const { connections } = await scan({ 'values.yaml': 'x: 1\n', 'templates/pod.yaml': `${pod('- name: DATABASE_URL', '  value: postgres://app@db.example.com/app?sslmode=disable')}${broken}\n` });
      expect(connections).toEqual(['templates/pod.yaml:8 disable db.example.com public']);
    }
  });
});

describe('real charts', () => {
  const HARBOR: Files = {
    'Chart.yaml': 'apiVersion: v1\nname: harbor\n',
    'templates/_helpers.tpl': [
      '{{- define "harbor.name" -}}', '{{- default "harbor" .Values.nameOverride | trunc 63 | trimSuffix "-" -}}', '{{- end -}}', '',
      '{{- define "harbor.fullname" -}}', '{{- $name := default "harbor" .Values.nameOverride -}}', '{{- if contains $name .Release.Name -}}', '{{- .Release.Name | trunc 63 | trimSuffix "-" -}}', '{{- else -}}', '{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}', '{{- end -}}', '{{- end -}}', '',
      '{{- define "harbor.database.host" -}}', '  {{- if eq .Values.database.type "internal" -}}', '    {{- printf "%s-database" (include "harbor.fullname" .) -}}', '  {{- else -}}', '    {{- .Values.database.external.host -}}', '  {{- end -}}', '{{- end -}}', '',
      '{{- define "harbor.database.sslmode" -}}', '  {{- if eq .Values.database.type "internal" -}}', '    {{- printf "%s" "disable" -}}', '  {{- else -}}', '    {{- .Values.database.external.sslmode -}}', '  {{- end -}}', '{{- end -}}', '',
    ].join('\n'),
    'templates/core/core-cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n{{ include "harbor.labels" . | indent 4 }}\ndata:\n  DATABASE_TYPE: "postgresql"\n  POSTGRESQL_HOST: "{{ template "harbor.database.host" . }}"\n  POSTGRESQL_SSLMODE: "{{ template "harbor.database.sslmode" . }}"\n',
  };
  const values = (type: string): string => `database:\n  type: ${type}\n  external:\n    host: "192.168.0.1"\n    port: "5432"\n    sslmode: "disable"\n`;

  it('goharbor/harbor-helm: a database of its own is local, and the other one stays where it is', async () => {
    const { connections } = await scan({ ...HARBOR, 'values.yaml': values('internal') });
    expect(connections).toEqual(['templates/core/core-cm.yaml:8 disable release-name-harbor-database local', 'values.yaml:4 disable 192.168.0.1 private']);
  });

  it('goharbor/harbor-helm: an external one is one connection, not two', async () => {
    const { connections, findings, related } = await scan({ ...HARBOR, 'values.yaml': values('external') });
    expect(connections).toEqual(['values.yaml:4 disable 192.168.0.1 private']);
    expect(findings).toEqual(['values.yaml:6 no-plaintext 192.168.0.1']);
    expect(related).toEqual([['values.yaml:4', 'templates/core/core-cm.yaml:8']]);
  });

  it('prometheus-postgres-exporter: without a host in the values, their own finding stands', async () => {
    const { connections } = await scan({
      'values.yaml': "config:\n  datasource:\n    host: ''\n    user: postgres\n    port: \"5432\"\n    database: ''\n    sslmode: disable\n",
      'templates/_helpers.tpl': '{{- define "uri" -}}\n{{ printf "%s:%d/%s?sslmode=%s" (tpl .Values.config.datasource.host .) (tpl .Values.config.datasource.port . | int) (tpl .Values.config.datasource.database .) (tpl .Values.config.datasource.sslmode .) | quote }}\n{{- end }}\n',
      'templates/deployment.yaml': pod('- name: DATA_SOURCE_URI', '  value: {{ template "uri" . }}'),
    });
    expect(connections).toContain('values.yaml:7 disable - hidden');
  });

  it('bitnami/charts: names of a chart beside, through its library', async () => {
    const folder = tree({
      'bitnami/kong/Chart.yaml': 'apiVersion: v2\nname: kong\ndependencies:\n  - name: common\n    repository: oci://registry-1.docker.io/bitnamicharts\n',
      'bitnami/kong/values.yaml': 'postgresql:\n  enabled: true\n  external:\n    host: ""\n',
      'bitnami/kong/templates/_helpers.tpl': '{{- define "kong.postgresql.host" -}}\n{{- ternary (include "common.names.dependency.fullname" (dict "chartName" "postgresql" "chartValues" .Values.postgresql "context" $)) .Values.postgresql.external.host .Values.postgresql.enabled | quote -}}\n{{- end -}}\n',
      'bitnami/kong/templates/dep-ds.yaml': pod('- name: KONG_PG_HOST', '  value: {{ include "kong.postgresql.host" . }}', '- name: KONG_PG_USER', '  value: kong'),
      'bitnami/common/Chart.yaml': 'apiVersion: v2\nname: common\n',
      'bitnami/common/templates/_names.tpl': '{{- define "common.names.dependency.fullname" -}}\n{{- if .chartValues.fullnameOverride -}}\n{{- .chartValues.fullnameOverride | trunc 63 | trimSuffix "-" -}}\n{{- else -}}\n{{- $name := default .chartName .chartValues.nameOverride -}}\n{{- $releaseName := regexReplaceAll "(-?[^a-z\\\\d\\\\-])+-?" (lower .context.Release.Name) "-" -}}\n{{- if contains $name $releaseName -}}\n{{- $releaseName | trunc 63 | trimSuffix "-" -}}\n{{- else -}}\n{{- printf "%s-%s" $releaseName $name | trunc 63 | trimSuffix "-" -}}\n{{- end -}}\n{{- end -}}\n{{- end -}}\n',
    });
    const { stdout } = await run(folder, ['scan', '--format', 'json']);
    expect(shownOf(stdout).connections).toEqual(['bitnami/kong/templates/dep-ds.yaml:8 disable release-name-postgresql local']);
  });

  it('a chart in a chart has its values from the one around', async () => {
    const { connections } = await scan({
      'values.yaml': 'api:\n  db:\n    host: db.example.com\nglobal:\n  mode: disable\n',
      'charts/api/Chart.yaml': 'apiVersion: v2\nname: api\n',
      'charts/api/values.yaml': 'db:\n  host: ""\n',
      'charts/api/templates/pod.yaml': pod('- name: PGHOST', '  value: {{ .Values.db.host }}', '- name: PGSSLMODE', '  value: {{ .Values.global.mode }}'),
    });
    expect(connections).toEqual(['values.yaml:3 disable db.example.com public']);
  });
});

it('a change of the values alone is judged with the templates that draw on them', async () => {
  const template = pod('- name: PGHOST', '  value: {{ .Values.db.host }}', '- name: PGSSLMODE', '  value: {{ .Values.mode }}');
  const folder = repository({ 'chart/Chart.yaml': 'apiVersion: v2\nname: app\n', 'chart/values.yaml': 'db:\n  host: db.example.com\nmode: verify-full\n', 'chart/templates/pod.yaml': template });
  write(folder, { 'chart/values.yaml': 'db:\n  host: db.example.com\nmode: disable\n' });
  const { stdout } = await run(folder, ['scan', '--since', 'HEAD', '--format', 'json']);
  expect(shownOf(stdout).findings).toEqual(['chart/values.yaml:3 no-plaintext db.example.com']);
});
