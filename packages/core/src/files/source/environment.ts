/** How the languages read environment variables: each pattern's first group is the name. */
const QUOTED = `["'\`]([A-Za-z_]\\w{0,99})["'\`]`;

/** The standard library's, and the usual libraries' for settings. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  // os; django-environ (`env("X")`, `env.db("X")`), environs, python-decouple (`config("X")`), dj-database-url (`config(env="X")`).
  py: [`\\benviron(?:\\.get|\\.setdefault)?\\s*[[(]\\s*${QUOTED}`, `\\bgetenv\\(\\s*${QUOTED}`, `\\b(?:env|config|Env|Config)(?:\\.\\w{1,20})?\\(\\s*(?:env\\s*=\\s*)?${QUOTED}`],
  // os; viper; the tags of caarlos0/env, kelseyhightower/envconfig and cleanenv.
  go: [`\\b(?:Getenv|LookupEnv|GetString|MustGetenv|[gG]et(?:[eE]nv|ENV)\\w{0,20})\\(\\s*${QUOTED}`, '\\benv(?:config)?:"([A-Za-z_]\\w{0,99})[",]'],
  jvm: [`\\bgetenv\\(\\s*${QUOTED}`, `\\bgetenv\\(\\)\\s*(?:\\.get\\(|\\[)\\s*${QUOTED}`, `\\b(?:dotenv|sys\\.env|env)(?:\\.get)?\\s*[[(]\\s*${QUOTED}`, `"\\\\?\\$\\{([A-Z][A-Z0-9_]{1,99})(?::[^}"]*)?\\}"`],
  dotnet: [`\\bGetEnvironmentVariable\\(\\s*${QUOTED}`, `\\b[cC]onfig(?:uration)?\\s*\\[\\s*${QUOTED}`],
  rb: [`\\bENV(?:\\.fetch)?\\s*[[(]\\s*${QUOTED}`],
  php: [`\\b(?:get)?env\\(\\s*${QUOTED}`, `\\$_(?:ENV|SERVER)\\[\\s*${QUOTED}`],
  rs: [`\\b(?:env::var|env::var_os|option_env!|env!|dotenv!|var)\\(\\s*${QUOTED}`, `\\benv\\s*=\\s*${QUOTED}`],
  ex: [`\\bSystem\\.(?:get_env|fetch_env!?)\\(\\s*${QUOTED}`],
  any: [`\\b(?:getenv|getEnv|lookupEnv|Environment\\.get)\\s*\\(?\\s*${QUOTED}`, `\\b(?:ENV|environment|env)\\s*[[{]\\s*${QUOTED}`, '\\$ENV\\{([A-Za-z_]\\w{0,99})\\}'],
};

/** What reads a variable without naming it: dj-database-url and django-environ have a default, pydantic takes the name of the field, .NET puts one together. */
const IMPLIED: Readonly<Record<string, readonly (readonly [pattern: string, name: (match: string) => string])[]>> = {
  py: [
    // dj-database-url 3.1.2 config(): `env=DEFAULT_ENV`; django-environ 0.12 Env.db_url(): `var=DEFAULT_DATABASE_ENV`.
    ['\\b(?:dj_database_url\\.config|env\\.db(?:_url)?)\\(\\s*(?:\\)|default|conn_max_age|ssl_require|engine|conn_health_checks)()', () => 'DATABASE_URL'],
    // pydantic-settings: a field is read from the variable of its name, in any case.
    ['^[ \\t]+([a-z_]\\w{0,99})[ \\t]*:[ \\t]*(?:\\w{1,20}\\[)*PostgresDsn\\b', (field) => field.toUpperCase()],
  ],
  // learn.microsoft.com/aspnet/core/fundamentals/configuration: `:` is `__` in a variable's name.
  dotnet: [['\\bGetConnectionString\\(\\s*"(\\w{1,99})"', (name) => `ConnectionStrings__${name}`]],
};

const FAMILIES: Readonly<Record<string, string>> = {
  ...{ py: 'py', go: 'go', rb: 'rb', php: 'php', rs: 'rs', ex: 'ex' },
  ...{ java: 'jvm', kt: 'jvm', scala: 'jvm', groovy: 'jvm', clj: 'jvm', cs: 'dotnet', fs: 'dotnet', vb: 'dotnet' },
};

/** A place where a program reads a variable. */
export interface VariableRead {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The variables that a program reads, in order. Linear. */
export function variablesRead(text: string, extension: string): readonly VariableRead[] {
  const family = FAMILIES[extension] ?? 'any';
  const found: VariableRead[] = [];
  const add = (pattern: string, nameOf: (match: string) => string): void => {
    for (const match of text.matchAll(new RegExp(pattern, 'gm'))) {
      const blanks = match[0].length - match[0].trimStart().length;
      const end = match.index + match[0].length;
      found.push({ name: nameOf(match[1] ?? ''), start: match.index + blanks, end: /[)\]}]/.test(text.charAt(end)) ? end + 1 : end });
    }
  };
  for (const pattern of WAYS[family] ?? []) add(pattern, (name) => name);
  for (const [pattern, nameOf] of IMPLIED[family] ?? []) add(pattern, nameOf);
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}
