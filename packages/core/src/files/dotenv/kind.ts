import type { FileKind } from '../kind.ts';

/** Ends of `.env.*` that are programs or their types, not variables. */
const CODE = /\.(?:[cm]?[jt]sx?|json|ya?ml|toml|py|rb|go|php|rs|java|kt|cs|sh|ps1|md|txt|html?|zip|gz|tgz|gpg|age|asc|enc)$/;

/** Of `env.*` also templates, and what is not text. */
const OTHER = /\.(?:d|lock|map|css|svg|png|exs?|go?tmpl|tpl|j2|jinja2?|erb|mustache|hbs|envsubst|prisma|hcl|tf|ini|cfg|conf|xml|properties|service)$/;

/** `.env` and its kin: `.env.production`, `.env-local`, `env.example`, `staging.env`, `.envrc`, `.flaskenv`; not `.env.d.ts`. */
export const dotenv: FileKind = {
  id: 'dotenv',
  matches(name) {
    if (name === '.env' || name === '.envrc' || name === '.flaskenv') return true;
    if (name.startsWith('.env.') || name.startsWith('.envrc.') || name.startsWith('.flaskenv.')) return !CODE.test(name);
    if (/^\.?env[-_.]\w/.test(name)) return !CODE.test(name) && !OTHER.test(name);
    return name.endsWith('.env') || /\.env\.(?:example|sample|template|dist|local|tpl|j2|erb)$/.test(name);
  },
  async load() {
    return (await import('./reader.ts')).readDotenv;
  },
};
