import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { html } from '../../src/reporters/html/markup.ts';
import { CANARY, run, tree } from '../support.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Debian's, or what the environment names; without one a browser's part is left out. */
const BROWSER = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path !== undefined && existsSync(path));

const url = (query: string, host = 'db.example.com'): string => `postgres://app:${CANARY}@${host}/app?${query}`;
const HOSTILE = '</td><script>document.title="ran"</script><img src=x onerror=document.title="ran">\u202e\u001b';

async function report(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = tree(files);
  mkdirSync(join(folder, '.git'));
  await run(folder, ['scan', '--format', 'html=report.html', '--show-ignored', '--confidence', 'low']);
  return join(folder, 'report.html');
}

const SAMPLE = {
  '.env': `BAD_URL=${url('sslmode=disable')}\nGOOD_URL=${url('sslmode=verify-full&sslrootcert=system', 'good.example.org')}\nMID_URL=${url('sslmode=require', 'mid.example.net')}\n# sslmode-ignore no-plaintext -- a tunnel\nIGNORED_URL=${url('sslmode=disable', 'tunnel.example.net')}\nNODE_TLS_REJECT_UNAUTHORIZED=0\n`,
  'local.env': `LOCAL_URL=postgres://app@localhost/app\n`,
  'binary.env': '\0',
};

describe('markup', () => {
  it('escapes whatever is filled in, unless it is markup', () => {
    expect(html`<p title="${'"\'<>&'}">${[html`<b>${'<i>'}</b>`]}${null}${3}</p>`.html).toBe('<p title="&quot;&#39;&lt;&gt;&amp;"><b>&lt;i&gt;</b>3</p>');
    expect(html`${'\u202e\u0000'}`.html).toBe(String.raw`\u202e\x00`);
  });
});

describe('--format html', () => {
  it('is one file that loads nothing, holds no secret and is the same on every run', async () => {
    const folder = tree(SAMPLE);
    const print = async (): Promise<string> => (await run(folder, ['scan', '--format', 'html', '--show-ignored'])).stdout;
    const text = await print();
    expect(await print()).toBe(text);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(folder);
    expect(text).toMatch(/^<!doctype html>\n/);
    expect(text).not.toMatch(/<(?:link|img|iframe|object|embed)\b|\bsrc=|@import|url\(/i);
    // Links are not loaded, and lead nowhere but to the rules' pages.
    expect([...text.matchAll(/href="([^"]*)"/g)].filter(([, href = '']) => !href.startsWith('https://github.com/sslmode/sslmode/'))).toEqual([]);
  });

  it('says so where there is nothing, or too little', async () => {
    expect((await run(tree({ '.env': 'A=1\n' }), ['scan', '--format', 'html'])).stdout).toContain('<p>No connection was found.</p>');
    expect((await run(tree({ '.env': 'A=1\n', 'sslmode.config.yaml': 'minimun: x' }), ['scan', '--format', 'html'])).stdout).toContain('<h2>This report says too little</h2>');
  });
});

describe.skipIf(BROWSER === undefined)('--format html in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BROWSER ?? '', args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  /** The page, offline; whatever it asks for or complains about is in `noise`. */
  async function open(path: string): Promise<{ page: Page; noise: string[] }> {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const noise: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) noise.push(request.url());
    });
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    await page.goto(pathToFileURL(path).href);
    return { page, noise };
  }
  const visible = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>(`[...document.querySelectorAll('#connections tbody:not([hidden]) tr.main')].map((row) => row.cells[4].innerText.replace('\\n', ' '))`);

  it('shows the worst first, filters, sorts and unfolds', async () => {
    const { page, noise } = await open(await report(SAMPLE));
    const all = ['.env:1 BAD_URL', '.env:3 MID_URL', '.env:5 IGNORED_URL', 'local.env:1 LOCAL_URL', '.env:2 GOOD_URL'];
    expect(await visible(page)).toEqual(all);
    expect(await page.locator('.charts section').first().locator('tbody tr').first().innerText()).toMatch(/^db\.example\.com \(public\)/);
    expect(await page.locator('svg').first().getAttribute('aria-label')).toBe('3 disable, 1 require, 1 verify-full');
    await page.fill('#words', 'MID verify-full');
    expect(await visible(page)).toEqual(['.env:3 MID_URL']);
    expect(await page.locator('#count').innerText()).toBe('1 of 5');
    await page.fill('#words', '');
    await page.selectOption('#mode', 'disable');
    expect(await visible(page)).toEqual(['.env:1 BAD_URL', '.env:5 IGNORED_URL', 'local.env:1 LOCAL_URL']);
    await page.selectOption('#severity', 'error');
    expect(await visible(page)).toEqual(['.env:1 BAD_URL']);
    for (const control of ['#mode', '#severity']) await page.selectOption(control, '');
    await page.click('button[data-key=where]');
    expect(await visible(page)).toEqual(['.env:1 BAD_URL', '.env:2 GOOD_URL', '.env:3 MID_URL', '.env:5 IGNORED_URL', 'local.env:1 LOCAL_URL']);
    await page.click('button[data-key=where]');
    expect((await visible(page))[0]).toBe('local.env:1 LOCAL_URL');
    const bad = page.locator('#connections tbody', { hasText: 'BAD_URL' });
    expect(await bad.locator('.more').isVisible()).toBe(false);
    await bad.locator('.toggle').click();
    const more = await bad.locator('.more').innerText();
    for (const part of ['postgres://app:***@db.example.com/app?sslmode=disable', 'no-plaintext', 'turns TLS off', 'What to do: Set', 'nothing points to one']) expect(more).toContain(part);
    expect(noise).toEqual([]);
  });

  it('prints every detail, and shows it without scripts', async () => {
    const path = await report(SAMPLE);
    const { page } = await open(path);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.more:visible').count()).toBe(5);
    expect(await page.locator('.controls').isVisible()).toBe(false);
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await plain.goto(pathToFileURL(path).href);
    expect(await plain.locator('.more:visible').count()).toBe(5);
  });

  it('takes hostile names and values for text', async () => {
    const host = `${'very-long-'.repeat(25)}${HOSTILE}`;
    const path = await report({
      [`${HOSTILE.replaceAll('/', '_')}.env`]: `X_URL="${url('sslmode=disable', host)}"\n`,
      'a.json': JSON.stringify({ [HOSTILE]: { DATABASE_URL: url(`sslmode=${HOSTILE}&application_name=${HOSTILE}`) } }),
      'b.env': `# sslmode-ignore no-plaintext -- ${HOSTILE.replaceAll('\u001b', '')}\nY_URL=${url('sslmode=disable')}\n`,
    });
    const { page, noise } = await open(path);
    expect(await page.title()).toBe('PostgreSQL connections and their TLS');
    expect(await page.locator('img, td script').count()).toBe(0);
    expect((await page.locator('body').innerText()).length).toBeGreaterThan(0);
    // Nothing makes the page wider than the window.
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(noise).toEqual([]);
  });

  it('stays quick with 2,000 connections', async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `D${index}_URL=${url(`sslmode=${['disable', 'prefer', 'require', 'verify-full&sslrootcert=system'][index % 4] ?? ''}`, `h${index % 300}.example.com`)}\n`);
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`s${index}/.env`, lines.slice(index * 100, index * 100 + 100).join('')]));
    const { page, noise } = await open(await report(files));
    expect(await page.locator('#count').innerText()).toBe('2000 of 2000');
    // In the browser's own time, which other processes stretch: hence the wide limits.
    const time = await page.evaluate<number>(`(() => {
      const start = performance.now();
      const words = document.getElementById('words');
      words.value = 'h7.example.com';
      words.dispatchEvent(new Event('input'));
      document.querySelector('button[data-key=host]').click();
      return performance.now() - start;
    })()`);
    expect(time).toBeLessThan(10_000);
    expect(await visible(page)).toHaveLength(7);
    expect(await page.locator('.charts details summary').innerText()).toBe('285 more');
    expect(noise).toEqual([]);
  });
});
