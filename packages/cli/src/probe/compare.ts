import { compareModes, isWeaker, type Mode } from '@sslmode/core';
import type { ConnectionEntry } from '../scan/report.ts';
import type { ClientReport, Comparison, HostReport } from './report.ts';

/** A server that was looked at, and whether its CA issues to nobody else. */
export interface Compared {
  readonly report: HostReport;
  readonly ownCa: boolean;
}

/** A connection of a scan; `port` is `null` where it is hidden. */
export interface Client {
  readonly entry: ConnectionEntry;
  readonly port: number | null;
}

/** Holds connections of a scan against the servers that they go to, by host and port: a pooler is another server than what is behind it. */
export function compare(clients: readonly Client[], servers: readonly Compared[]): Comparison {
  const answering = servers.filter(({ report }) => report.postgres);
  const pairs = clients.flatMap(({ entry, port }) => {
    const { host } = entry;
    const server = host === null || entry.form === 'server' ? undefined : answering.find(({ report }) => canonical(report.host) === canonical(host) && (port === null || port === report.port));
    return server === undefined ? [] : [{ connection: entry, server }];
  });
  const connections = clients.filter(({ entry }) => entry.form !== 'server');
  return {
    connections: connections.length,
    compared: pairs.length,
    hidden: connections.filter(({ entry }) => entry.hostClass === 'hidden').length,
    clients: pairs.flatMap(({ connection, server }) => {
      const found = verdictOf(connection, server);
      if (found === null) return [];
      const { file, line, column, key, driver, effective } = connection;
      return [{ file, line, column, key, host: server.report.host, driver, effective, ...found }];
    }),
  };
}

function canonical(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}

type Found = Pick<ClientReport, 'verdict' | 'message'>;

function verdictOf({ driver, effective, strongest }: ConnectionEntry, { report, ownCa }: Compared): Found | null {
  const client = driver?.replace('@', ' ') ?? 'its driver';
  if (effective === 'error') return fails(`${client} refuses these settings before it connects`);
  const mode = effective === 'unknown' ? strongest : effective;
  if (mode === 'error' || mode === 'unknown') return null;
  const failure = failureOf(mode, report, client);
  if (failure !== null) return fails(failure);
  const { use } = report;
  if (use === null || !isWeaker(mode, use) || (mode === 'verify-ca' && ownCa)) return null;
  return { verdict: 'falls-short', message: `Protects less than the server offers: ${client} connects with the effect of ${mode}, and ${use} works.` };
}

function fails(why: string): Found {
  return { verdict: 'fails', message: `Cannot connect: ${why}.` };
}

/** Why a client of this effective mode cannot connect; `null` where it can. */
function failureOf(mode: Mode, { works, plaintext, certificate, nameMatches, trusted }: HostReport, client: string): string | null {
  const usable = works.includes('require');
  const letsIn = works.includes('disable');
  if (mode === 'disable') return letsIn ? null : `${client} uses no TLS here, and the server lets nobody in without it (${plaintext ?? 'unknown'})`;
  if (mode === 'allow' || mode === 'prefer') return letsIn || usable ? null : 'the server takes neither plaintext nor TLS of today';
  if (!usable) return `${client} insists on TLS here, and the server offers none that works`;
  if (compareModes(mode, 'verify-ca') < 0) return null;
  if (trusted === false) return `${client} checks the certificate, and its chain is not trusted from here (it ends in "${certificate?.root.name ?? ''}"): it fails unless its own file of roots holds that root`;
  if (mode === 'verify-full' && nameMatches === false) return `${client} checks the host name, and the certificate is for ${certificate?.names.slice(0, 5).join(', ') ?? 'nobody'}`;
  return null;
}
