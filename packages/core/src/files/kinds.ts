import { dockerfile } from './dockerfile/kind.ts';
import { dotenv } from './dotenv/kind.ts';
import { hcl } from './hcl/kind.ts';
import { ini } from './ini/kind.ts';
import { json } from './json/kind.ts';
import type { FileKind } from './kind.ts';
import { makefile } from './makefile/kind.ts';
import { notebook } from './notebook/kind.ts';
import { prisma } from './prisma/kind.ts';
import { procfile } from './procfile/kind.ts';
import { properties } from './properties/kind.ts';
import { script } from './script/kind.ts';
import { shell } from './shell/kind.ts';
import { source } from './source/kind.ts';
import { systemd } from './systemd/kind.ts';
import { template } from './template/kind.ts';
import { toml } from './toml/kind.ts';
import { xml } from './xml/kind.ts';
import { yaml } from './yaml/kind.ts';

/** Every kind of file that can hold connections; the first that matches counts. */
export const KINDS: readonly FileKind[] = [dotenv, yaml, json, toml, properties, ini, xml, dockerfile, shell, systemd, procfile, makefile, prisma, hcl, notebook, source, template, script];
