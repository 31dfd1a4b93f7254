import { explain } from '@sslmode/core';
import { expect, it } from 'vitest';
import { loadLibpq } from '../libpq.ts';

/** Names of other releases, of other drivers and of nobody. */
const OTHERS = ['tty', 'authtype', 'servicefile', 'ssl', 'sslMode', 'uselibpqcompat', 'sslaccept', 'schema', 'nonsense'];
/** Those that the real libpq takes though it doesn't list them (fe-connect.c, conninfo_storeval). */
const TRANSLATED = ['requiressl'];

for (const from of ['package', 'machine'] as const) {
  const libpq = await loadLibpq(from);
  if ('unavailable' in libpq) {
    it.skip(`the parameters of libpq (${libpq.unavailable})`, () => undefined);
    continue;
  }
  const version = Math.floor(libpq.version / 10_000);
  it(`takes the parameters that libpq ${version} takes, and no others`, () => {
    // In a keyword/value string, where nothing is translated; the model says which name it doesn't know before it looks at values.
    const taken = [...new Set([...libpq.keywords, ...TRANSLATED, ...OTHERS])].filter((name) => {
      const [verdict] = explain({ string: `host=db.example.net ${name}=1`, driver: `libpq@${version}` });
      return verdict?.reasons.some((reason) => /knows no(?: such)? parameter/.test(reason)) === false;
    });
    expect(taken.sort()).toEqual([...libpq.keywords, ...TRANSLATED].sort());
  });
}
