import type { Effective } from '@sslmode/core';
import type { ConnectionEntry } from '../../scan/report.ts';
import { html, type Markup } from './markup.ts';
import { MEANINGS, ORDER } from './page.ts';

/** So many rows are shown at once; the rest unfolds. */
const SHOWN = 15;

/** How connections spread over the modes, in words and as one bar. */
export function posture(connections: readonly ConnectionEntry[]): Markup {
  const counts = countsOf(connections);
  const legend = ORDER.filter((mode) => counts[mode] > 0).map(
    (mode) => html`<li><span class="swatch m-${mode}"></span>${counts[mode]} <strong>${mode}</strong> <span class="muted">${MEANINGS[mode]}</span></li>`,
  );
  return html`${bar(counts)}<ul class="legend">${legend}</ul>`;
}

/** A bar for each value of a connection's host or driver, those with the most exposed connections first. */
export function chart(title: string, connections: readonly ConnectionEntry[], nameOf: (connection: ConnectionEntry) => string, isBad: (connection: ConnectionEntry) => number): Markup {
  const groups = new Map<string, ConnectionEntry[]>();
  for (const connection of connections) {
    const name = nameOf(connection);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [connection]);
    else group.push(connection);
  }
  const rows = [...groups]
    .map(([name, group]) => ({ name, group, counts: countsOf(group), bad: group.reduce((worst, each) => Math.max(worst, isBad(each)), 0) }))
    .sort((a, b) => b.bad - a.bad || worstOf(a.counts) - worstOf(b.counts) || b.group.length - a.group.length || (a.name < b.name ? -1 : 1))
    .map(({ name, group, counts }) => html`<tr><td>${name}</td><td>${bar(counts)}</td><td>${group.length}</td></tr>\n`);
  const rest = rows.slice(SHOWN);
  return html`<section><h2>${title}</h2><table class="chart"><tbody>${rows.slice(0, SHOWN)}</tbody></table>${
    rest.length === 0 ? null : html`<details><summary>${`${rest.length} more`}</summary><table class="chart"><tbody>${rest}</tbody></table></details>`
  }</section>`;
}

type Counts = Readonly<Record<Effective, number>>;

function countsOf(connections: readonly ConnectionEntry[]): Counts {
  const counts = Object.fromEntries(ORDER.map((mode) => [mode, 0])) as Record<Effective, number>;
  for (const { effective } of connections) counts[effective]++;
  return counts;
}

function worstOf(counts: Counts): number {
  return ORDER.findIndex((mode) => counts[mode] > 0);
}

function bar(counts: Counts): Markup {
  const total = ORDER.reduce((sum, mode) => sum + counts[mode], 0);
  const present = ORDER.filter((mode) => counts[mode] > 0);
  let at = 0;
  const parts = present.map((mode) => {
    const width = (counts[mode] / total) * 1000;
    const rect = html`<rect class="m-${mode}" x="${round(at)}" y="0" width="${round(width)}" height="10"><title>${counts[mode]} ${mode}</title></rect>`;
    at += width;
    return rect;
  });
  const label = present.map((mode) => `${counts[mode]} ${mode}`).join(', ');
  return html`<svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${label}">${parts}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
