/** Words that stand for a host in documentation, each alone or as a label of a name. */
const WORDS = new Set(['host', 'hostname', 'changeme', 'change-me', 'change_me', 'replaceme', 'replace-me', 'replace_me', 'placeholder', 'todo', 'tbd']);

/**
 * Whether a host only stands for one that the reader has to fill in: `<host>`, `HOST`, `your-host`, `xxx`. Careful:
 * a real host taken for a placeholder would hide its findings, so `db.example.com`, which people do copy, is a host.
 */
export function isPlaceholderHost(host: string): boolean {
  // Brackets without a colon hold no IPv6 address.
  if (/[<>{}]|\.\.\.|…/.test(host) || (/[[\]]/.test(host) && !host.includes(':'))) return true;
  // DB_HOST, RDS_ENDPOINT, YOUR_SERVER_HERE: a constant's spelling that says what belongs there.
  if (/^[A-Z][A-Z0-9_-]*$/.test(host) && /HOST|SERVER|ENDPOINT|ADDRESS|DOMAIN|CHANGE|REPLACE|HERE/.test(host)) return true;
  const labels = host.toLowerCase().split('.');
  // `host.docker.internal` and `todo.acme.com` are real: such a word counts only where it stands for the whole name.
  if (WORDS.has(labels[0] ?? '') && (labels.length === 1 || /^(?:com|example|domain|tld)$/.test(labels.slice(1).join('.')))) return true;
  return labels.some((label) => /^your(?:[-_]|host|server|domain|db|database|project|instance|company)/.test(label) || label.split(/[-_]/).some(isCrosses));
}

/** `xxx`, `ep-xxxx-pooler`. */
function isCrosses(word: string): boolean {
  return /^x{3,}$/.test(word);
}
