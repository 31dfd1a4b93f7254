import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

const url = (scheme = 'postgres'): string => `${scheme}://app:${CANARY}@db.example.com/app?sslmode=disable`;

/** Where findings stand, and how sure they are. */
async function confidences(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { stdout } = await run(tree(files), ['scan', '--format', 'json', '--confidence', 'low']);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly line: number; readonly confidence: string }[] };
  return findings.map(({ line, confidence }) => `${line} ${confidence}`);
}

describe('what public repositories showed', () => {
  it('launchbadge/sqlx parse.rs: unit tests stand among the code that they test', async () => {
    const body = (name: string): string => `fn ${name}() {\n    let url = "${url()}";\n    PgConnectOptions::from_str(url).unwrap();\n}\n`;
    const module = `mod tests {\n${body('c').replaceAll(/^(?=.)/gm, '    ')}}\n`;
    const code = `use sqlx::postgres::PgConnectOptions;\n#[test]\n${body('a')}\n${body('b')}\n#[cfg(test)]\n${module}${body('d')}`;
    expect(await confidences({ 'src/parse.rs': code })).toEqual(['4 low', '9 medium', '16 low', '21 medium']);
  });

  it('ory/kratos config.schema.json: the examples of a schema connect to nothing, its default may', async () => {
    const schema = { $schema: 'http://json-schema.org/draft-07/schema#', properties: { dsn: { examples: [url()], default: url() } } };
    expect(await confidences({ 'config.schema.json': JSON.stringify(schema, null, 2) })).toEqual(['6 low', '8 medium']);
  });

  it.for(['test_db.py', 'tests/conftest.py', 'Ordering.UnitTests/Db.cs', 'db_test.go', 'compose.tests.yml'])('%s is a test', async (path) => {
    expect(await confidences({ [path]: `url: "${url()}"\n` })).toEqual(['1 low']);
  });
});
