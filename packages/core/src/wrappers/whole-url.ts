import type { Outcome } from '../drivers/driver.ts';
import { refuses } from '../drivers/outcome.ts';
import type { ParsedString } from '../settings/setting.ts';

/** How a language's own parser for URLs, which comes before libpq, takes one without a host: a socket's folder in the query is then never looked at. */
const HOSTLESS = {
  // ext/standard/url.c: only `file:` may have none.
  'parse_url()': /^[^:/?#]+:\/\/(?:[^/?#]*@)?(?:[/?#]|$)/,
  // lib/uri/rfc2396_parser.rb: a login without a host is a "registry part".
  'URI::RFC2396_Parser': /^[^:/?#]+:\/\/[^/?#]*@(?:[/?#]|$)/,
};

/** What comes of a URL that the framework's parser cannot read; `undefined` for one that it can. */
export function refusalOfUrl(string: ParsedString | null, parser: keyof typeof HOSTLESS, source: string): Outcome | undefined {
  if (string?.form !== 'url' || !HOSTLESS[parser].test(string.text)) return undefined;
  return refuses('other', { text: `the URL goes through ${parser}, which takes none without a host: a socket's folder goes into \`host\` beside it`, source });
}
