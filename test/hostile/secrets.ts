import fc from 'fast-check';
import { CANARY, FORMS, leaks } from '../../packages/core/test/canary.ts';
import { SAMPLES } from '../../packages/core/test/files/samples.ts';

/** What the samples of core leave to tests of their own, and code: how they write a value under a name. */
const MORE: Readonly<Record<string, { readonly path: string; readonly write: (name: string, value: string) => readonly string[] }>> = {
  dotenv: {
    path: '.env',
    write: (name, value) => [`${name}=${value}`, `export ${name}="${value.replaceAll('"', String.raw`\"`)}"`, ...(value.includes("'") ? [] : [`${name}='${value}'`]), `# ${name}=${JSON.stringify(value)}\nPGHOST=db.example.com`],
  },
  yaml: {
    path: 'docker-compose.yml',
    write: (name, value) => [
      `${name}: ${JSON.stringify(value)}`,
      `services:\n  web:\n    environment:\n      ${name}: '${value.replaceAll("'", "''")}'`,
      `services:\n  web:\n    environment: [${JSON.stringify(`${name}=${value}`)}]`,
      // In the middle of the password.
      `${name}: "${JSON.stringify(value).slice(1, -1).replace(CANARY, `${CANARY.slice(0, 4)}\\\n  ${CANARY.slice(4)}`)}"`,
      `${name}: >-\n  ${value.replace(CANARY, `${CANARY.slice(0, 4)}\n  ${CANARY.slice(4)}`)}`,
      `${name}: |\n  ${value.replaceAll('\n', '\n  ')}\n`,
      `kind: Secret\ndata:\n  ${name}: ${Buffer.from(value).toString('base64')}`,
      `kind: Secret\ndata:\n  ${name}: |\n    ${Buffer.from(value).toString('base64').replace(/.{20}/g, '$&\n    ')}`,
      `spec:\n  containers:\n    - command: [psql, ${JSON.stringify(value)}]\n      env: [{ name: ${name}, value: ${JSON.stringify(value)} }]`,
    ],
  },
  javascript: {
    path: 'db.ts',
    write: (name, value) => [
      `import { Client } from 'pg';\nnew Client(${JSON.stringify(value)});`,
      `import { Pool } from 'pg';\nconst ${name} = ${JSON.stringify(value.slice(0, 16))}\n  + ${JSON.stringify(value.slice(16))};\nnew Pool({ connectionString: ${name} });`,
      `import postgres from 'postgres';\nconst sql = postgres(\`${value.replaceAll(/[`\\]|\$\{/g, String.raw`\$&`)}\`);`,
      `import { Pool } from 'pg';\nnew Pool({ host: 'db.example.com', password: process.env.PW ?? ${JSON.stringify(value)}, ssl: { rejectUnauthorized: false, key: ${JSON.stringify(value)} } });`,
      `const ${name} = process.env.${name} || ${JSON.stringify(value)};`,
    ],
  },
};

/** What a secret does in a file: as it should be, and cut off, so that the file does not parse and is read as text. */
export function* files(): Generator<readonly [path: string, text: string]> {
  for (const [kind, { path, write }] of Object.entries({ ...SAMPLES, ...MORE })) {
    const ways = write('DATABASE_URL', CANARY).length;
    for (const [form, [, passwords, text]] of FORMS.entries()) {
      for (const [sample, password] of [CANARY, ...fc.sample(passwords, { numRuns: 1, seed: form })].entries()) {
        // Where it is not escaped, and the file does not parse, a line of a password is a line like any other.
        if (password.includes('\n') && !['json', 'javascript'].includes(kind)) continue;
        for (const [way, content] of write('DATABASE_URL', text(password)).entries()) {
          // All ways with the plain password; with the others, and in broken files, one each: they take turns.
          const isTurn = way === (form + sample) % ways;
          if (sample > 0 && !isTurn) continue;
          const folder = `${kind}/${form}-${sample}-${way}`;
          yield [`${folder}/${path}`, content];
          // Cut off at another place it may be sound, and mean something else.
          if (sample > 0 || !isTurn) continue;
          yield [`${folder}/cut/${path}`, `{{ if }}\n"'${content.slice(0, content.lastIndexOf(CANARY) + CANARY.length)}`];
          yield [`${folder}/beside/${path}`, `${content}\n${content}\nsslmode: bogus # ${content}`];
        }
      }
    }
  }
}

/** The kinds of files that secrets are put into. */
export const KINDS = [...Object.keys(SAMPLES), ...Object.keys(MORE)];

/** The first lines that hold the canary. */
export function leaking(text: string): string[] {
  if (!leaks(text)) return [];
  const lines = text.split('\n').filter(leaks);
  return lines.length === 0 ? ['parted over lines'] : lines.slice(0, 3).map((line) => line.slice(Math.max(0, line.search(/Qx7|x7Z|7Zq/) - 150)).slice(0, 300));
}
