import { visible } from '../terminal.ts';

/** RFC 4180, but with line feeds. */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

function csvCell(cell: string): string {
  // A spreadsheet takes these for formulas: https://owasp.org/www-community/attacks/CSV_Injection
  const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Text in a cell of a Markdown table: nothing in it is markup, and nobody is notified. */
export function markdownCell(text: string): string {
  return visible(text)
    .replace(/[\\|`<>*_[\]~&]/g, String.raw`\$&`)
    .replaceAll('@', '@&#8203;');
}

/** A message in a cell of a Markdown table: what stands in backticks stays code. */
export function markdownMessage(text: string): string {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? markdownCode(part) : markdownCell(part))).join('');
}

/** Code in a cell of a Markdown table. */
export function markdownCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  // GitHub takes the backslash away before it reads the code.
  return `${fence}${space}${visible(text).replaceAll('|', String.raw`\|`)}${space}${fence}`;
}
