import type { FileKind } from '../kind.ts';
import { TREE } from '../needles.ts';

const NAME = /\.(?:tf|tfvars|hcl|nomad|tofu)(?:\.(?:j2|jinja2?|tpl|tmpl|template|tftpl|erb|in|example|sample|dist|local|bak))?$/;

/** Terraform, OpenTofu and whatever else is written in HCL. */
export const hcl: FileKind = {
  id: 'hcl',
  matches: (name) => NAME.test(name) && name !== '.terraform.lock.hcl',
  needles: TREE,
  async load() {
    return (await import('./reader.ts')).readHcl;
  },
};
