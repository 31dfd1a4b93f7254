import { createHash } from 'node:crypto';
import { type Effective } from '@sslmode/core';
import { Markup, html } from './markup.ts';

/** Worst first, as the report counts and sorts them; what is hidden may be anything, what is refused is safe. */
export const ORDER: readonly Effective[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'unknown', 'error', 'verify-full'];

/** What each comes to, for people who don't know libpq's words. */
export const MEANINGS: Readonly<Record<Effective, string>> = {
  disable: 'never encrypted',
  allow: 'encrypted only if the server insists',
  prefer: 'encrypted only if nobody objects',
  require: 'encrypted, to whoever answers',
  'verify-ca': 'certificate checked, not the host name',
  'verify-full': 'certificate and host name checked',
  unknown: 'what decides is hidden',
  error: 'the driver refuses it',
};

const COLORS: Readonly<Record<Effective, string>> = {
  disable: '#8c1111',
  allow: '#c2410c',
  prefer: '#e07b1a',
  require: '#e0b01a',
  'verify-ca': '#8aa82b',
  unknown: '#8b8f98',
  error: '#5b6b8c',
  'verify-full': '#1d7a46',
};

const STYLE = `
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1b1d21; background: #fff; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } .muted { color: #5a5f69; }
code, .code { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
svg { display: block; width: 100%; height: 1rem; border-radius: 2px; }
svg, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.swatch { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; vertical-align: -.05rem; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 0 2rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0; overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid #c9ccd2; } tbody { border-bottom: 1px solid #e3e5e9; }
thead button { font: inherit; font-weight: 600; padding: 0; border: 0; background: none; color: inherit; cursor: pointer; text-align: left; }
th[aria-sort=ascending] button::after { content: " \\2191"; } th[aria-sort=descending] button::after { content: " \\2193"; }
#connections th:nth-child(1) { width: 15%; } #connections th:nth-child(2) { width: 8%; } #connections th:nth-child(3) { width: 30%; } #connections th:nth-child(4) { width: 14%; }
.chart td:first-child { width: 45%; } .chart td:last-child { width: 4rem; text-align: right; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .5rem 0; }
.controls label { display: flex; flex-direction: column; font-size: .85rem; } .controls input, .controls select { font: inherit; padding: .25rem .4rem; }
.controls input { min-width: 18rem; }
.toggle { font: inherit; border: 0; background: none; padding: 0 .3rem 0 0; cursor: pointer; color: inherit; }
.toggle::before { content: "\\25b8"; } .toggle[aria-expanded=true]::before { content: "\\25be"; }
.badge { font-weight: 600; } .badge.error { color: #8c1111; } .badge.warning { color: #8a5a00; }
.more td { padding: 0 .5rem 1rem 1.4rem; } .more > td { background: #f7f8fa; }
dl { display: grid; grid-template-columns: 7rem 1fr; gap: .15rem .75rem; margin: .5rem 0; } dt { color: #5a5f69; } dd { margin: 0; overflow-wrap: anywhere; }
mark { background: #fde68a; color: inherit; } .finding { border-left: 4px solid #8a5a00; padding: .25rem .75rem; margin: .5rem 0; background: #fff; }
.finding.error { border-color: #8c1111; } .finding.ignored { border-color: #8b8f98; } .finding p { overflow-wrap: anywhere; }
.js .controls { display: flex; } .controls { display: none; } .toggle { display: none; } .js .toggle { display: inline; }
${ORDER.map((mode) => `.m-${mode} { fill: ${COLORS[mode]}; background: ${COLORS[mode]}; }`).join('\n')}
@media (max-width: 48rem) { .wide { display: none; } }
@media print { .controls, .js .controls, .js .toggle { display: none; } .more[hidden] { display: table-row !important; } body { max-width: none; padding: 0; } tbody { break-inside: avoid; } }
`;

/** Filtering, sorting, unfolding. It holds no data: that is in the table, so that the page works without it as well. */
const SCRIPT = `
'use strict';
document.documentElement.classList.add('js');
const table = document.getElementById('connections');
if (table) {
  const rows = [...table.tBodies].map((body) => ({ body, text: body.textContent.toLowerCase(), data: body.dataset }));
  const words = document.getElementById('words'), mode = document.getElementById('mode'), severity = document.getElementById('severity'), count = document.getElementById('count');
  const fold = (body, open) => {
    body.querySelector('.more').hidden = !open;
    body.querySelector('.toggle').setAttribute('aria-expanded', String(open));
  };
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const { body, text, data } of rows) {
      const fits = wanted.every((word) => text.includes(word)) && (mode.value === '' || data.mode === mode.value) && (severity.value === '' || data.severity === severity.value);
      body.hidden = !fits;
      if (fits) shown++;
    }
    count.textContent = shown + ' of ' + rows.length;
  };
  for (const { body } of rows) fold(body, false);
  for (const control of [words, mode, severity]) control.addEventListener('input', filter);
  table.addEventListener('click', (event) => {
    const main = event.target.closest('tr.main');
    if (main && !event.target.closest('a')) fold(main.parentElement, main.nextElementSibling.hidden);
  });
  for (const button of table.tHead.querySelectorAll('button')) {
    button.addEventListener('click', () => {
      const header = button.closest('th');
      const down = header.getAttribute('aria-sort') === 'ascending';
      for (const other of table.tHead.querySelectorAll('th')) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = button.dataset.key, sign = down ? -1 : 1;
      const sorted = [...rows].sort((a, b) => sign * a.data[key].localeCompare(b.data[key], 'en', { numeric: true }));
      table.append(...sorted.map(({ body }) => body));
    });
  }
  filter();
}
`;

/** The whole document: one file that loads nothing. The policy lets nothing run but our own script. */
export function page(title: string, body: readonly Markup[]): string {
  const policy = `default-src 'none'; style-src '${hash(STYLE)}'; script-src '${hash(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${body}
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`;
  return document.html;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
