import { posix, relative } from 'node:path';
import type { Module, Modules, Program } from '@sslmode/core/code';
import type { TSESLint } from '@typescript-eslint/utils';

/*
 * Where imports lead, as typed linting knows it: by the program of TypeScript that typescript-eslint's parser was given.
 * Only what is needed of its types is named here, so that nothing of TypeScript is loaded or depended upon.
 */

interface SourceFile {
  readonly fileName: string;
  readonly text: string;
  readonly isDeclarationFile: boolean;
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly moduleSpecifier?: Specifier;
  /** `import config = require('./config')` */
  readonly moduleReference?: { readonly expression?: Specifier };
}

interface Specifier {
  readonly text: string;
}

interface TypeScriptProgram {
  getTypeChecker(): { getSymbolAtLocation(node: Specifier): { readonly declarations?: readonly (SourceFile | object)[] } | undefined };
  isSourceFileFromExternalLibrary(file: SourceFile): boolean;
  getSourceFile(path: string): SourceFile | undefined;
}

type Context = Readonly<TSESLint.RuleContext<string, []>>;

/** What the imports of a file lead to; `null` where the parser was given no type information. */
export function modulesOf(context: Context): Modules | null {
  const { parserServices, ast } = context.sourceCode;
  const program = parserServices?.program as unknown as TypeScriptProgram | null | undefined;
  const file = program == null ? undefined : (parserServices?.esTreeNodeToTSNodeMap?.get(ast) as unknown as SourceFile | undefined);
  return program == null || file === undefined ? null : importsOf(file, program, context);
}

function importsOf(file: SourceFile, program: TypeScriptProgram, context: Context): Modules {
  return (specifier) => {
    const node = file.statements.flatMap(({ moduleSpecifier, moduleReference }) => moduleSpecifier ?? moduleReference?.expression ?? []).find(({ text }) => text === specifier);
    const found = node === undefined ? besideFile(file, specifier, program) : program.getTypeChecker().getSymbolAtLocation(node)?.declarations?.find((declaration): declaration is SourceFile => 'statements' in declaration);
    if (found === undefined || found.isDeclarationFile || found.fileName.includes('/node_modules/') || program.isSourceFileFromExternalLibrary(found)) return undefined;
    const parsed = parse(found, context);
    if (parsed === null) return undefined;
    return { path: relative(context.cwd, found.fileName).replaceAll('\\', '/'), source: sourceOf(found), program: parsed, modules: importsOf(found, program, context) } satisfies Module;
  };
}

/** What a file's name may lack, or have instead of `.js`. */
const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '/index.ts', '/index.js'];

/** `require('./config')`, `import('./config.js')`: TypeScript tells of no statement where they lead. */
function besideFile({ fileName }: SourceFile, specifier: string, program: TypeScriptProgram): SourceFile | undefined {
  if (!/^\.{1,2}\//.test(specifier)) return undefined;
  const path = posix.join(posix.dirname(fileName), specifier);
  for (const base of [path, path.replace(/\.([cm]?)js$/, '.$1ts')]) {
    for (const ending of ENDINGS) {
      const found = program.getSourceFile(base + ending);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The text of a file as a module: what JSON holds is all that it exports. */
function sourceOf({ fileName, text }: SourceFile): string {
  return fileName.endsWith('.json') ? `module.exports = ${text}` : text;
}

/** By TypeScript's own object of the file: it is another one when its text is. */
const programs = new WeakMap<SourceFile, Program | null>();

/** The syntax tree of another file of the program, by the parser of this one, without types; `null` where it can't be parsed. */
function parse(file: SourceFile, { languageOptions }: Context): Program | null {
  let program = programs.get(file);
  if (program === undefined) {
    program = parseBy(languageOptions, file);
    programs.set(file, program);
  }
  return program;
}

function parseBy({ parser, parserOptions }: Context['languageOptions'], file: SourceFile): Program | null {
  const { fileName } = file;
  const text = sourceOf(file);
  const options = { ...parserOptions, filePath: fileName.replace(/\.json$/, '.js'), range: true, comment: true, jsx: fileName.endsWith('x'), sourceType: 'module', project: undefined, projectService: undefined, programs: undefined } as const;
  try {
    if (parser === undefined) return null;
    const ast = 'parseForESLint' in parser ? parser.parseForESLint(text, options).ast : parser.parse(text, options);
    return ast as Program;
  } catch {
    // What doesn't parse is reported where it is linted itself.
    return null;
  }
}
