import { visible } from '../../terminal.ts';

/** HTML that is as it should be. Anything else is text, and escaped. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Markup | readonly Markup[] | null;

/** A template of HTML: what is filled in is escaped, unless it is markup itself; `null` is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, at) => (at === 0 ? text : filled(parts[at - 1] ?? null) + text)).join(''));
}

function filled(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map((each) => each.html).join('');
  return escaped(String(part));
}

/** Text for an element or an attribute in double quotes. Control characters and those that reverse text are spelled out. */
function escaped(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
