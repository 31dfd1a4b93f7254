import type { Reading } from '../../site.ts';
import { readTrees } from '../tree/reading.ts';
import { parseHcl } from './parse.ts';

/** Reads HCL: Terraform with its variables and providers, Terragrunt, Nomad, Packer. */
export function readHcl(path: string, text: string): Reading {
  return readTrees(path, text, 'HCL', parseHcl(text));
}
