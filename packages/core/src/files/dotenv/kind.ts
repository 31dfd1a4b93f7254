import type { FileKind } from '../kind.ts';

/** Ends of `.env.*` that are programs or their types, not variables. */
const CODE = /\.(?:[cm]?[jt]sx?|json|ya?ml|toml|py|rb|go|php|rs|java|kt|cs|sh|ps1|md|txt|html?|zip|gz|tgz|gpg|age|asc|enc)$/;

/** `.env` and its kin: `.env.production`, `staging.env`, `.envrc`, `.flaskenv`; not `.env.d.ts`. */
export const dotenv: FileKind = {
  id: 'dotenv',
  matches(name) {
    if (name === '.env' || name === '.envrc' || name === '.flaskenv') return true;
    if (name.startsWith('.env.') || name.startsWith('.envrc.') || name.startsWith('.flaskenv.')) return !CODE.test(name);
    return name.endsWith('.env') || /\.env\.(?:example|sample|template|dist|local|tpl|j2|erb)$/.test(name);
  },
  async load() {
    return (await import('./reader.ts')).readDotenv;
  },
};
