/** What a script must hold for more than a connection string to be in it: variables and programs of PostgreSQL, Node's switch. */
const MAY_HOLD = /NODE_TLS_REJECT_UNAUTHORIZED|\bPG[A-Z]{4,}|\bpsql\b|\bpg_\w|\bpgbench\b/;

/**
 * Paths of keys under which a file of that name keeps what a shell runs; `null` for none. Only where all that the file
 * puts around the script is known: `variables` of GitLab and of composite actions are not, and might say verify-full.
 */
export function scriptsIn(path: string, isActions: boolean): RegExp | null {
  if (/(?:^|[\\/])package\.json$/i.test(path)) return /^scripts\./;
  return isActions ? /(?:^|\.)steps\[\d+\]\.run$/ : null;
}

/** Whether a script is worth reading as one. */
export function isWorthReading(script: string): boolean {
  return MAY_HOLD.test(script);
}
