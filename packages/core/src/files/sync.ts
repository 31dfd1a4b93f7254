import { readDockerfile } from './dockerfile/reader.ts';
import { readDotenv } from './dotenv/reader.ts';
import { kindOf } from './index.ts';
import { readHcl } from './hcl/reader.ts';
import { readIni } from './ini/reader.ts';
import { readJson } from './json/reader.ts';
import type { Reader } from './kind.ts';
import { readMakefile } from './makefile/reader.ts';
import { readNotebook } from './notebook/reader.ts';
import { readPrisma } from './prisma/reader.ts';
import { readProcfile } from './procfile/reader.ts';
import { readProperties } from './properties/reader.ts';
import { readScript } from './script/reader.ts';
import { readShell } from './shell/reader.ts';
import { readSource } from './source/reader.ts';
import { readSystemd } from './systemd/reader.ts';
import { readTemplate } from './template/reader.ts';
import { readToml } from './toml/reader.ts';
import { readXml } from './xml/reader.ts';
import { readYaml } from './yaml/reader.ts';
import { NOTHING, type Reading } from '../site.ts';

export { readMarkdown } from './markdown.ts';

const READERS: Readonly<Record<string, Reader>> = {
  dotenv: readDotenv,
  yaml: readYaml,
  json: readJson,
  toml: readToml,
  properties: readProperties,
  ini: readIni,
  xml: readXml,
  dockerfile: readDockerfile,
  shell: readShell,
  systemd: readSystemd,
  procfile: readProcfile,
  makefile: readMakefile,
  prisma: readPrisma,
  hcl: readHcl,
  notebook: readNotebook,
  source: readSource,
  template: readTemplate,
  script: readScript,
};

/** What `readFile` does, at once: for callers that can't wait, such as ESLint rules. Importing it loads every kind's parser. */
export function readFileSync(path: string, text: string): Reading {
  const read = READERS[kindOf(path)?.id ?? ''];
  return read?.(path, text) ?? NOTHING;
}
