import type { ConnectionEntry, FindingEntry, ScanResult } from '../../scan/report.ts';
import { plural } from '../../terminal.ts';
import type { Reporter } from '../reporter.ts';
import { evidenceText } from '../evidence.ts';
import { chart, posture } from './chart.ts';
import { Markup, html } from './markup.ts';
import { MEANINGS, ORDER, page } from './page.ts';

/** For a security review: one file, readable offline and on paper, with every connection, why it is so, and what to do. */
export const htmlReport: Reporter = (result) => {
  const { report, failures } = result;
  const { connections, summary, problems, tool } = report;
  const findings = findingsByConnection(result);
  const severityOf = (connection: ConnectionEntry): number => Math.max(0, ...(findings.of.get(placeOf(connection)) ?? []).map(({ finding }) => rankOf(finding)));
  const order = connections
    .map((connection, index) => ({ connection, index, severity: severityOf(connection) }))
    .sort((a, b) => b.severity - a.severity || ORDER.indexOf(a.connection.effective) - ORDER.indexOf(b.connection.effective) || a.index - b.index);
  const count = [plural(summary.errors, 'error'), plural(summary.warnings, 'warning'), ...(summary.ignored > 0 ? [`${summary.ignored} ignored`] : [])].join(', ');
  return page('PostgreSQL connections and their TLS', [
    html`<header><h1>PostgreSQL connections and their TLS</h1><p>${plural(connections.length, 'connection')} in ${plural(summary.files, 'file')}: ${count}.</p><p class="muted">By ${tool.name} ${tool.version}. Each mode is what the driver really does, in libpq's words. Secrets are masked.</p></header>`,
    failures.length === 0 ? html`` : html`<section><h2>This report says too little</h2><ul>${failures.map((failure) => html`<li>${failure}</li>`)}</ul></section>`,
    connections.length === 0 ? html`<p>No connection was found.</p>` : html`<section><h2>All connections</h2>${posture(connections)}</section>`,
    connections.length === 0
      ? html``
      : html`<div class="charts">${[chart('By host', connections, ({ host, hostClass }) => (host === null ? `no literal host (${hostClass})` : `${host} (${hostClass})`), severityOf), chart('By driver', connections, ({ driver }) => driver ?? 'none known', severityOf)]}</div>`,
    connections.length === 0 ? html`` : table(result, order, findings.of),
    findings.others.length === 0 ? html`` : html`<section><h2>Findings that are about no single connection</h2>${findings.others.map((each) => html`<p><code>${each.finding.file}:${each.finding.line}</code></p>${findingBlock(each)}`)}</section>`,
    problems.length === 0 ? html`` : html`<section><h2>Problems</h2><ul>${problems.map(({ file, line, message }) => html`<li><code>${file}${line === null ? '' : `:${line}`}</code>: ${message}</li>`)}</ul></section>`,
  ]);
};

interface Shown {
  readonly finding: FindingEntry;
  readonly detail: ScanResult['details'][number] | undefined;
}

function placeOf({ file, line, column }: { readonly file: string; readonly line: number; readonly column: number }): string {
  return `${line}:${column} ${file}`;
}

function findingsByConnection({ report, details }: ScanResult): { of: ReadonlyMap<string, readonly Shown[]>; others: readonly Shown[] } {
  const places = new Set(report.connections.map(placeOf));
  const of = new Map<string, Shown[]>();
  const others: Shown[] = [];
  for (const [index, finding] of report.findings.entries()) {
    const detail = details[index];
    const place = detail?.connection == null ? undefined : placeOf({ file: finding.file, ...detail.connection });
    if (place === undefined || !places.has(place)) others.push({ finding, detail });
    else {
      const here = of.get(place) ?? [];
      here.push({ finding, detail });
      of.set(place, here);
    }
  }
  return { of, others };
}

function rankOf({ severity, ignored }: FindingEntry): number {
  return ignored !== null ? 0 : severity === 'error' ? 2 : 1;
}

const SEVERITIES = ['none', 'warning', 'error'] as const;

function table({ connectionDetails }: ScanResult, order: readonly { connection: ConnectionEntry; index: number; severity: number }[], findings: ReadonlyMap<string, readonly Shown[]>): Markup {
  const header = (name: string, key: string, wide = false): Markup => html`<th scope="col"${wide ? new Markup(' class="wide"') : null}><button type="button" data-key="${key}">${name}</button></th>`;
  const modes = ORDER.filter((mode) => order.some(({ connection }) => connection.effective === mode));
  const rows = order.map(({ connection, index, severity }) => {
    const { file, line, key, host, hostClass, database, driver, effective, weakest, strongest } = connection;
    const level = SEVERITIES[severity] ?? 'none';
    const mode = effective === 'unknown' ? `unknown (${weakest} to ${strongest})` : effective;
    const data = html`data-mode="${effective}" data-rank="${ORDER.indexOf(effective)}" data-severity="${level}" data-level="${2 - severity}" data-host="${host ?? ''}" data-driver="${driver ?? ''}" data-where="${file}:${line}"`;
    return html`<tbody ${data}>
<tr class="main"><td><button type="button" class="toggle" aria-label="details"></button><span class="swatch m-${effective}"></span>${mode}</td><td>${level === 'none' ? '' : html`<span class="badge ${level}">${level}</span>`}</td><td>${host ?? '?'}${database === null ? '' : `/${database}`} <span class="muted">${hostClass}</span></td><td class="wide">${driver ?? 'none known'}</td><td><code>${file}:${line}</code>${key === null ? null : html`<br><span class="muted">${key}</span>`}</td></tr>
<tr class="more"><td colspan="5">${about(connection, connectionDetails[index])}${(findings.get(placeOf(connection)) ?? []).map(findingBlock)}</td></tr>
</tbody>
`;
  });
  return html`<section><h2>Each connection</h2>
<div class="controls"><label>Filter<input id="words" type="search" placeholder="host, file, driver, words of a finding …"></label><label>Mode<select id="mode"><option value="">all</option>${modes.map((mode) => html`<option>${mode}</option>`)}</select></label><label>Finding<select id="severity"><option value="">all</option><option>error</option><option>warning</option><option>none</option></select></label><output id="count" class="muted"></output></div>
<table id="connections"><thead><tr>${[header('Mode', 'rank'), header('Finding', 'level'), header('Host', 'host'), header('Driver', 'driver', true), header('Where', 'where')]}</tr></thead>
${rows}</table></section>`;
}

function about(connection: ConnectionEntry, detail: ScanResult['connectionDetails'][number] | undefined): Markup {
  const { line, effective, candidates, evidence, confidence, form } = connection;
  const others = candidates.map(({ driver, effective: each }) => `${driver}: ${each}`).join(', ');
  return html`<dl><dt>source</dt><dd class="code">${line} | ${detail === undefined || detail.text === '' ? '…' : detail.text}</dd>
<dt>comes to</dt><dd>${effective}: ${MEANINGS[effective]}</dd>
${detail === undefined || detail.reasons.length === 0 ? null : html`<dt>because</dt><dd>${detail.reasons.join('; ')}</dd>`}
<dt>driver</dt><dd>${evidenceText(evidence)}; ${confidence} confidence${candidates.length > 1 ? `. It may be: ${others}` : ''}</dd>
<dt>written as</dt><dd>${form}</dd></dl>`;
}

function findingBlock({ finding, detail }: Shown): Markup {
  const { rule, severity, message, fix, help, ignored, related, required } = finding;
  const snippet = detail?.snippet;
  const source =
    snippet === undefined
      ? null
      : html`<p class="code">${snippet.line} | ${snippet.text.slice(0, snippet.caretStart)}<mark>${snippet.text.slice(snippet.caretStart, snippet.caretEnd)}</mark>${snippet.text.slice(snippet.caretEnd)}</p>`;
  const shown = fix !== null && message.endsWith(fix) ? message.slice(0, -fix.length).trimEnd() : message;
  return html`<div class="finding ${ignored !== null ? 'ignored' : severity}"><p><span class="badge ${severity}">${severity}</span> <a href="${help}" rel="noreferrer">${rule}</a>${required === null ? '' : ` (asked for: ${required})`}: ${shown}</p>${source}${
    fix === null ? null : html`<p><strong>What to do:</strong> ${fix}</p>`
  }${related.map((place) => html`<p class="muted">see ${place.file}:${place.line}:${place.column}: ${place.message}</p>`)}${
    ignored === null ? null : html`<p class="muted">Ignored by ${ignored.by}${ignored.until === null ? '' : ` until ${ignored.until}`}: ${ignored.reason}</p>`
  }</div>`;
}
