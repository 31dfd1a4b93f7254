import type { ServerSetting } from '../../server.ts';
import type { MappedText } from '../../text.ts';
import { append } from '../append.ts';
import { serverOfImage } from '../hints.ts';
import { imageOf } from '../tree/structure.ts';
import { textAt, valueAt, type MapNode, type Node } from '../tree/tree.ts';
import { linesIn, parseHba, readHba, type HbaLine } from './pg-hba.ts';
import { readPgbouncer } from './pgbouncer.ts';
import { parsePostgresqlConf, readParameters, type Parameter } from './postgresql-conf.ts';
import { boolean, inSource, setting } from './said.ts';

/**
 * What the map of a Kubernetes operator, of Patroni or of a chart says. `steps` are the keys that lead to it.
 *
 * Zalando (https://opensource.zalando.com/postgres-operator/docs/reference/cluster_manifest.html): `spec.postgresql.parameters`,
 * `spec.patroni.pg_hba`; by default hostssl alone. CloudNativePG (https://cloudnative-pg.io/documentation/current/postgresql_conf/):
 * `spec.postgresql.parameters`, `spec.postgresql.pg_hba`; a Pooler's `spec.pgbouncer.parameters`. Crunchy
 * (https://access.crunchydata.com/documentation/postgres-operator/latest/references/crd): `patroni.dynamicConfiguration.postgresql`,
 * `config.parameters`, `authentication.rules` (5.8 and later: pkg/apis/…/v1beta1/postgres_types.go), `proxy.pgBouncer.config.global`. Patroni (https://patroni.readthedocs.io/en/latest/dynamic_configuration.html):
 * `postgresql.parameters`, `pg_hba`.
 */
export function readOperator(map: MapNode, path: string): readonly ServerSetting[] {
  const steps = path.split('.');
  const last = steps.at(-1) ?? '';
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const found: ServerSetting[] = [];
  for (const { name, value } of map.entries) {
    if (/^pg_?hba$/i.test(name)) append(found, hbaList(value, at(name)));
    if (name === 'rules' && last === 'authentication' && steps[0] === 'spec') append(found, readHba(crunchyRules(value), 'PostgreSQL').map((server) => ({ ...server, key: at(name) })));
    if (name === 'parameters' && value.kind === 'map') {
      if (last === 'pgbouncer') append(found, readPgbouncer(value, at(name)));
      else if (last === 'postgresql' || (last === 'config' && steps[0] === 'spec')) append(found, readParameters(parametersOf(value, at(name)), 'PostgreSQL'));
    }
    if (name === 'global' && last === 'config' && steps.at(-2) === 'pgBouncer') append(found, readPgbouncer(value, at(name)));
    // StackGres, SGPostgresConfig: https://stackgres.io/doc/latest/reference/crd/sgpostgresconfig/.
    if (name === 'postgresql.conf' && value.kind === 'map') append(found, readParameters(parametersOf(value, at(name)), 'PostgreSQL'));
    append(found, textIn(value, name, at(name), isOfChart(map, last)));
  }
  return isOfChart(map, last) ? [...found, ...chart(map, path)] : found;
}

function parametersOf(map: MapNode, path: string): readonly Parameter[] {
  return map.entries.flatMap(({ name, value, span }) => (value.kind === 'scalar' && value.value !== 'hidden' ? [{ name: name.toLowerCase(), value: value.value, span, key: `${path}.${name}` }] : []));
}

/** Lines of pg_hba.conf in a list, in their order. */
function hbaList(node: Node, path: string): readonly ServerSetting[] {
  if (node.kind === 'scalar') return node.value === 'hidden' ? [] : inSource(readHba(parseHba(node.value.text).entries, 'PostgreSQL'), node.value, path);
  if (node.kind !== 'sequence') return [];
  const lines = node.items.flatMap(({ value, shared }) => {
    const text = !shared && value.kind === 'scalar' && value.value !== 'hidden' ? value.value : null;
    return text === null ? [] : linesIn(text);
  });
  return readHba(lines, 'PostgreSQL').map((found) => ({ ...found, key: path }));
}

/** Crunchy's rules: a line of pg_hba.conf, or its columns by name; from any address, and for all that they do not name. */
function crunchyRules(node: Node): readonly HbaLine[] {
  if (node.kind !== 'sequence') return [];
  return node.items.flatMap(({ value: rule, span, shared }): readonly HbaLine[] => {
    if (rule.kind !== 'map' || shared) return [];
    const line = scalarAt(rule, 'hba');
    if (line !== undefined) return linesIn(line);
    const [type, method] = [scalarAt(rule, 'connection'), scalarAt(rule, 'method')];
    if (type === undefined || method === undefined) return [];
    const all = { text: 'all', quoted: false, span };
    const names = (name: string): HbaLine['fields'][number] => {
      const list = valueAt(rule, name);
      const quoted = list?.kind === 'sequence' ? list.items.flatMap(({ value }) => (textAt(value) === undefined ? [] : [{ text: textAt(value) ?? '', quoted: true, span }])) : [];
      return quoted.length > 0 ? quoted : [all];
    };
    const word = (value: MappedText): HbaLine['fields'][number] => [{ text: value.text, quoted: false, span: value.span }];
    return [{ span, fields: [word(type), names('databases'), names('users'), [all], word(method)] }];
  });
}

function scalarAt(map: MapNode, name: string): MappedText | undefined {
  const value = valueAt(map, name);
  return value?.kind === 'scalar' && value.value !== 'hidden' ? value.value : undefined;
}

/** A whole file in a ConfigMap, and what Bitnami's charts take for one. */
function textIn(node: Node, name: string, path: string, inChart: boolean): readonly ServerSetting[] {
  if (node.kind !== 'scalar' || node.value === 'hidden' || node.value.text.length < 4) return [];
  const { value } = node;
  if (/(?:^|[-_])pg_hba\.conf$|^pgHbaConfiguration$/i.test(name)) return inSource(readHba(parseHba(value.text).entries, 'PostgreSQL'), value, path);
  if (/(?:^|[-_])postgres(?:ql)?[\w.-]*\.conf$/i.test(name) || (inChart && /^(?:extendedC|c)onfiguration$/.test(name))) return inSource(readParameters(parsePostgresqlConf(value.text).entries, 'PostgreSQL'), value, path);
  return [];
}

/**
 * The values of Bitnami's chart for PostgreSQL (https://github.com/bitnami/charts/tree/main/bitnami/postgresql; `tls.enabled`
 * is false unless it is set), by themselves or below the name under which another chart takes it in.
 */
function isOfChart(map: MapNode, last: string): boolean {
  const names = new Set(map.entries.map(({ name }) => name));
  const isServer = serverOfImage(imageOf(map) ?? '') === 'postgres' || /^(?:postgresql(?:-?ha)?|postgres|pgpool|primary|readReplicas)$/i.test(last);
  return isServer && ['auth', 'primary', 'architecture', 'readReplicas', 'persistence', 'metrics', 'volumePermissions', 'replicaCount', 'extendedConfiguration', 'pgHbaConfiguration'].some((name) => names.has(name));
}

function chart(map: MapNode, path: string): readonly ServerSetting[] {
  const tls = valueAt(map, 'tls');
  const enabled = tls?.kind === 'map' ? tls.entries.findLast(({ name }) => name === 'enabled') : undefined;
  if (enabled?.value.kind !== 'scalar' || enabled.value.value === 'hidden' || boolean(textAt(enabled.value) ?? '') !== false) return [];
  return [
    setting({
      product: 'PostgreSQL',
      key: path === '' ? 'tls.enabled' : `${path}.tls.enabled`,
      span: enabled.value.value.span,
      whole: enabled.span,
      weakest: 'disable',
      strongest: 'disable',
      admits: 'only-plaintext',
      because: '`tls.enabled` is `false`',
      remedy: 'Set `tls.enabled` to `true`, with `tls.certificatesSecret` or `tls.autoGenerated`.',
    }),
  ];
}
