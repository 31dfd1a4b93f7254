import type { Clients, ServerSetting } from '../../server.ts';
import type { MappedText, Span } from '../../text.ts';
import { serverOfImage } from '../hints.ts';
import { imageOf } from '../tree/structure.ts';
import { entryAt, textAt, valueAt, type MapNode, type Node } from '../tree/tree.ts';
import { modeOfClients } from './pgbouncer.ts';
import { readParameters, type Parameter } from './postgresql-conf.ts';
import { boolean, setting, THIS_MACHINE } from './said.ts';

/** A word of a command, where it stands. */
export interface Argument {
  readonly value: MappedText;
  /** Of its key. */
  readonly path: string;
}

/**
 * What a container's command and environment say: `postgres -c ssl=off`, in Compose, Kubernetes, CI or a task
 * definition. Never what a mere image says: its default may be changed by what is mounted.
 */
export function readContainer(map: MapNode, path: string): readonly ServerSetting[] {
  const words = ['entrypoint', 'command', 'args'].flatMap((name) => wordsOf(valueAt(map, name), path === '' ? name : `${path}.${name}`));
  const image = imageOf(map);
  const found = [...readCommand(words, image), ...(image === undefined ? [] : variablesOf(map, path).flatMap((variable) => readVariable(variable)))];
  const clients = clientsOf(map);
  return clients === null ? found : found.map((each) => ({ ...each, clients }));
}

/** What the words of a command say, where it is PostgreSQL's by its image or its program. */
export function readCommand(words: readonly Argument[], image: string | undefined): readonly ServerSetting[] {
  const isServer = (image !== undefined && serverOfImage(image) === 'postgres') || words.some(({ value }) => /(?:^|\/)(?:postgres|docker-entrypoint\.sh)$/.test(value.text));
  return isServer ? readParameters(parametersOf(words), 'PostgreSQL') : [];
}

/** Compose: ports that are published for this machine alone. */
function clientsOf(map: MapNode): Clients | null {
  const ports = valueAt(map, 'ports');
  const published = ports?.kind === 'sequence' ? ports.items.map(({ value }) => textAt(value) ?? textAt(valueAt(value, 'host_ip')) ?? '') : [];
  return published.length > 0 && published.every((port) => /^(?:127\.\d+\.\d+\.\d+|\[?::1\]?|localhost)(?::|$)/.test(port)) ? THIS_MACHINE : null;
}

function wordsOf(node: Node | undefined, path: string): readonly Argument[] {
  if (node?.kind === 'sequence') return node.items.flatMap(({ value }, at) => (value.kind === 'scalar' && value.value !== 'hidden' ? pieces(value.value, `${path}[${at}]`) : []));
  return node?.kind === 'scalar' && node.value !== 'hidden' ? pieces(node.value, path) : [];
}

/** The words of a line, quotes around them left off. */
function pieces(line: MappedText, path: string): readonly Argument[] {
  return [...line.text.matchAll(/[^\s"']+/g)].map((match) => ({ value: line.slice(match.index, match.index + match[0].length), path }));
}

/** `-c NAME=VALUE`, `-cNAME=VALUE`, `--NAME=VALUE` (https://www.postgresql.org/docs/current/app-postgres.html; in `--` names a dash is an underscore, main.c ParseLongOption). */
function parametersOf(words: readonly Argument[]): readonly Parameter[] {
  return words.flatMap(({ value, path }, at): readonly Parameter[] => {
    const match = /^(--|-c)?([A-Za-z_][\w.-]*)=/.exec(value.text);
    if (match === null || (match[1] === undefined && words[at - 1]?.value.text !== '-c')) return [];
    const [head, mark = '', name = ''] = match;
    const whole: Span = value.slice(mark.length, value.text.length).span;
    return [{ name: name.replaceAll('-', '_').toLowerCase(), value: value.slice(head.length, value.text.length), span: whole, key: path }];
  });
}

/** A variable of a container's environment. */
export interface Variable {
  readonly name: string;
  readonly value: MappedText;
  readonly whole: Span;
  readonly path: string;
}

/** The environment of a container: a map, `NAME=value` in a list, or `name` and `value` in a list. */
function variablesOf(map: MapNode, path: string): readonly Variable[] {
  return ['environment', 'env'].flatMap((name): readonly Variable[] => {
    const node = valueAt(map, name);
    const where = path === '' ? name : `${path}.${name}`;
    if (node?.kind === 'map') return node.entries.flatMap(({ name: key, value, span }) => (value.kind === 'scalar' && value.value !== 'hidden' ? [{ name: key, value: value.value, whole: span, path: `${where}.${key}` }] : []));
    if (node?.kind !== 'sequence') return [];
    return node.items.flatMap(({ value, span }, at): readonly Variable[] => {
      const text = value.kind === 'scalar' && value.value !== 'hidden' ? value.value : null;
      const equals = text?.text.indexOf('=') ?? -1;
      if (text !== null && equals > 0) return [{ name: text.text.slice(0, equals), value: text.slice(equals + 1, text.text.length), whole: text.span, path: `${where}.${text.text.slice(0, equals)}` }];
      const entry = entryAt(value, 'value');
      const given = entry?.value.kind === 'scalar' && entry.value.value !== 'hidden' ? entry.value.value : null;
      return given === null ? [] : [{ name: textAt(valueAt(value, 'name')) ?? '', value: given, whole: span, path: `${where}[${at}].value` }];
    });
  });
}

/** Variables from which images make a server's configuration. */
export function readVariable({ name, value, whole, path }: Variable): readonly ServerSetting[] {
  const said = { key: path, span: value.span, whole };
  // https://github.com/edoburu/docker-pgbouncer, https://github.com/bitnami/containers/tree/main/bitnami/pgbouncer: client_tls_sslmode.
  if (name === 'CLIENT_TLS_SSLMODE' || name === 'PGBOUNCER_CLIENT_TLS_SSLMODE') return modeOfClients(value.text.trim(), name, said);
  // https://github.com/bitnami/containers/tree/main/bitnami/postgresql: `no` unless it is set.
  const on = name === 'POSTGRESQL_ENABLE_TLS' ? boolean(value.text) : null;
  if (on !== false) return [];
  return [setting({ ...said, product: 'PostgreSQL', weakest: 'disable', strongest: 'disable', admits: 'only-plaintext', because: `\`${name}\` is \`${value.text.trim()}\``, remedy: `Set \`${name}\` to \`yes\`, with POSTGRESQL_TLS_CERT_FILE and POSTGRESQL_TLS_KEY_FILE.` })];
}
