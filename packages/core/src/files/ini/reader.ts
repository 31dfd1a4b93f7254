import { parseAs } from '../../settings/index.ts';
import type { Setting } from '../../settings/setting.ts';
import type { Reading, Site } from '../../site.ts';
import { isDynamic } from '../expand.ts';
import { readSystemd } from '../systemd/reader.ts';
import type { Includes } from '../kind.ts';
import { readServerFile } from '../servers/index.ts';
import { readPgbouncer } from '../servers/pgbouncer.ts';
import { readTrees, type ParsedTree } from '../tree/reading.ts';
import { valueAt, type Entry, type Node } from '../tree/tree.ts';
import { parseIni } from './parse.ts';

/** Reads INI, conf and cfg: alembic.ini, airflow.cfg, application.conf, odbc.ini, pgbouncer.ini, pg_service.conf and others, postgresql.conf and pg_hba.conf too. */
export function readIni(path: string, text: string, includes?: Includes): Reading {
  const server = readServerFile(path, text, includes);
  if (server?.kind === 'hba') return { sites: [], bypasses: [], problems: [], localNames: [], comments: server.comments, servers: server.servers };
  const reading = readSections(path, text);
  return server === null ? reading : { ...reading, comments: server.comments, servers: server.servers };
}

function readSections(path: string, text: string): Reading {
  // A drop-in of a unit.
  if (/\.(?:service|container|pod)\.d[\\/][^\\/]*$/i.test(path)) return readSystemd(path, text);
  const isService = /(?:^|[\\/])\.?pg_service\.conf[^\\/]*$/i.test(path);
  // libpq takes all behind the `=` (fe-connect.c, parseServiceFile).
  const parsed = parseIni(text, { trailing: !isService });
  if (isService) return { ...readTrees(path, text, 'INI', { ...parsed, trees: [] }, parsed.trees), sites: services(parsed) };
  const pools = /(?:^|[\\/])[^\\/]*pgbouncer[^\\/]*$/i.test(path) ? pooled(parsed) : [];
  const servers = readPgbouncer(valueAt(parsed.trees[0]?.roots[0], 'pgbouncer'), 'pgbouncer');
  const reading: Reading = { ...readTrees(path, text, 'INI', parsed), ...(servers.length > 0 && { servers }) };
  if (pools.length === 0) return reading;
  const databases = new Set(pools.map(({ key }) => key));
  return { ...reading, sites: [...pools, ...reading.sites.filter(({ key, form }) => !databases.has(key) && form !== 'group')].sort((a, b) => a.span.start - b.span.start) };
}

/**
 * Of pg_service.conf: each section is the parameters of one connection, under libpq's own names
 * (https://www.postgresql.org/docs/current/libpq-pgservice.html). There, unlike in a string, the first of equal names
 * counts (PostgreSQL 18 fe-connect.c parseServiceFile(); measured).
 */
function services({ trees }: ParsedTree): readonly Site[] {
  return sectionsOf(trees[0]?.roots[0]).flatMap(({ name, value, span }): readonly Site[] => {
    const written = value.kind === 'map' ? value.entries.flatMap((part) => memberOf(part, part.name)) : [];
    const members = written.filter(({ name: own }, at) => written.findIndex((other) => other.name === own) === at);
    const anchor = members.find((member) => member.name === 'host') ?? members[0];
    return members.length === 0 ? [] : [site(name, anchor?.span ?? span, members, ['libpq'])];
  });
}

/** What PgBouncer calls its settings about TLS to the server (https://www.pgbouncer.org/config.html#tls-settings). */
const SERVER_TLS: Readonly<Record<string, string>> = { server_tls_sslmode: 'sslmode', server_tls_ca_file: 'sslrootcert', server_tls_cert_file: 'sslcert', server_tls_key_file: 'sslkey' };

/** Of pgbouncer.ini: each database, with the settings about TLS that all have in common. */
function pooled({ trees }: ParsedTree): readonly Site[] {
  const root = trees[0]?.roots[0];
  const general = valueAt(root, 'pgbouncer');
  const tls = general?.kind === 'map' ? general.entries.flatMap((part) => (Object.hasOwn(SERVER_TLS, part.name) ? memberOf(part, SERVER_TLS[part.name] ?? '') : [])) : [];
  const databases = valueAt(root, 'databases');
  if (databases?.kind !== 'map') return [];
  return databases.entries.flatMap(({ name, value }): readonly Site[] => {
    if (value.kind !== 'scalar' || value.value === 'hidden') return [];
    const text = value.value;
    const { settings } = parseAs('keyword-value', text.text);
    const own = settings.map((setting): Setting => ({ ...setting, span: text.toSource(setting.span), whole: text.toSource(setting.whole) }));
    return [site(`databases.${name}`, text.span, [...own, ...tls], ['pgbouncer'])];
  });
}

function sectionsOf(root: Node | undefined): readonly Entry[] {
  return root?.kind === 'map' ? root.entries : [];
}

function memberOf({ name: key, value, whole }: Entry, name: string): readonly Setting[] {
  if (key === '' || value.kind !== 'scalar' || value.value === 'hidden') return [];
  const { text, span } = value.value;
  return [{ name, key, value: isDynamic(text) ? null : text.trim(), place: 'string', span, whole }];
}

function site(key: string, span: Site['span'], members: readonly Setting[], hints: Site['hints']): Site {
  return { form: 'group', key, span, string: null, members, environment: [], options: undefined, driver: null, hints, condition: null, unparsed: false };
}
