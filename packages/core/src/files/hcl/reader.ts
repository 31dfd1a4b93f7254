import { dirname, joinPath } from '../../paths.ts';
import type { Reading } from '../../site.ts';
import type { Includes } from '../kind.ts';
import { readTrees } from '../tree/reading.ts';
import type { Tree } from '../tree/tree.ts';
import { parseHcl } from './parse.ts';

/** So many files of a module are looked at for what one of them refers to. */
const MAX_FILES = 50;

/** Reads HCL: Terraform with its variables and providers, Terragrunt, Nomad, Packer. */
export function readHcl(path: string, text: string, includes?: Includes): Reading {
  return readTrees(path, text, 'HCL', { ...parseHcl(text), beside: () => besideOf(path.replaceAll('\\', '/'), includes) });
}

/** The other files of a module: a folder of Terraform is read as one (https://developer.hashicorp.com/terraform/language/files). */
function besideOf(path: string, includes: Includes | undefined): readonly Tree[] {
  const folder = dirname(path);
  const names = includes?.list?.(folder).filter((name) => name.endsWith('.tf') && joinPath(folder, name) !== path) ?? [];
  return names.slice(0, MAX_FILES).flatMap((name) => {
    const text = includes?.read(joinPath(folder, name)) ?? null;
    return text === null || text.length > 1_000_000 || !text.includes('parameter_group') ? [] : parseHcl(text).trees;
  });
}
