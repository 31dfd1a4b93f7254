import { type SafeText, ownText, safeName } from '../redact.ts';
import type { ServerSetting } from '../server.ts';
import type { ParsedString } from '../settings/setting.ts';
import { LineIndex } from '../text.ts';

/** What is said of a server by whose name clients come: the other end of their connections. */
export interface ServerEnd {
  /** In lower case. */
  readonly names: readonly string[];
  readonly product: string;
  readonly offersTls: boolean;
  /** It lets nobody in without TLS. */
  readonly insists: boolean;
  /** What says so, a clause. */
  readonly because: SafeText;
  /** Where: `compose.yaml:5`. */
  readonly place: SafeText;
}

/** The servers of a file that have names; `names` for those that have none of their own. `file` as messages name it. */
export function endsOf(servers: readonly ServerSetting[], text: string, file: string, names: readonly string[] = []): readonly ServerEnd[] {
  const byName = new Map<string, ServerSetting[]>();
  for (const server of servers) {
    const own = server.names ?? names;
    if (own.length === 0 || server.unsure || server.unparsed === true) continue;
    const id = own.join(' ');
    byName.set(id, [...(byName.get(id) ?? []), server]);
  }
  const lines = new LineIndex(text);
  return [...byName.values()].flatMap((settings) => {
    const end = endOf(settings);
    if (end === null) return [];
    const { server, ...made } = end;
    const line = lines.position(server.span.start).line;
    return [{ ...made, names: (server.names ?? names).map((name) => name.toLowerCase()), product: server.product, place: ownText(`${safeName(file)}:${line}`) }];
  });
}

/** What the settings of one server come to. What lines of pg_hba.conf say is about those that they match; only all together they insist. */
function endOf(settings: readonly ServerSetting[]): (Pick<ServerEnd, 'offersTls' | 'insists' | 'because'> & { readonly server: ServerSetting }) | null {
  const off = settings.find(({ weakest, strongest, byAddress }) => byAddress !== true && weakest === 'disable' && strongest === 'disable');
  if (off !== undefined) return { server: off, offersTls: false, insists: false, because: ownText(off.because) };
  const insisting = settings.find(({ weakest }) => weakest === 'require');
  const insists = insisting !== undefined && settings.every(({ strongest }) => strongest === 'require');
  const on = insists ? insisting : settings.find(({ weakest, byAddress }) => byAddress !== true && weakest === 'prefer');
  return on === undefined ? null : { server: on, offersTls: true, insists, because: ownText(insists ? 'it lets in nobody without TLS' : 'it offers TLS') };
}

/** The other end of a connection to a host: by its name, or by the one that Kubernetes makes of it (`db.default.svc`). */
export function endAt(host: string | null, ends: readonly ServerEnd[]): ServerEnd | null {
  if (host === null || ends.length === 0) return null;
  const name = host.toLowerCase().replace(/\.[a-z\d-]+\.svc(?:\.cluster\.local)?\.?$/, '');
  const found = ends.filter(({ names }) => names.includes(name));
  // Of what several files say of one server that counts which shuts clients out.
  return found.find(({ offersTls }) => !offersTls) ?? found.find(({ insists }) => insists) ?? found[0] ?? null;
}

/** The resource that a connection goes to by a reference of Terraform's: `aws_db_instance.pg` of `${aws_db_instance.pg.address}`; `null` for any other host. */
export function resourceAt(string: ParsedString | null): string | null {
  const host = string?.settings.find(({ name, value }) => name === 'host' && value === null);
  if (string === null || host === undefined || host.span.end - host.span.start > 200) return null;
  return /^\$\{\s*([a-z][\w-]*\.[\w-]+)(?:\[\d+\])?\.\w+\s*\}$/.exec(string.text.slice(host.span.start, host.span.end))?.[1] ?? null;
}
