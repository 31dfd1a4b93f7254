import type { Machine } from './machine.ts';

/** Where libpq and its kin look for files, on one machine. */
export interface Places {
  /** What the others are relative to: the home folder, or `%APPDATA%`. */
  readonly home: string;
  /** `~/.postgresql`, or `%APPDATA%\postgresql`. */
  readonly folder: string;
  readonly root: string;
  readonly revoked: string;
  readonly certificate: string;
  readonly key: string;
  readonly passwords: string;
  readonly services: string;
}

/**
 * The default places. Source: PostgreSQL 18 fe-connect.c, pqGetHomeDirectory() (`HOME`, else the list of users; on
 * Windows the Application Data folder with `\postgresql`) and the names beside it in libpq-int.h; libpq-ssl.html 32.19.
 */
export function placesOf({ platform, env, home, path }: Machine): Places {
  if (platform === 'win32') {
    // Asked of the system (CSIDL_APPDATA), which the variable repeats.
    const base = named(env.APPDATA) ?? path.join(home, 'AppData', 'Roaming');
    return { ...inFolder(path, base, 'postgresql'), passwords: path.join(base, 'postgresql', 'pgpass.conf'), services: path.join(base, 'postgresql', '.pg_service.conf') };
  }
  const base = named(env.HOME) ?? home;
  return { ...inFolder(path, base, '.postgresql'), passwords: path.join(base, '.pgpass'), services: path.join(base, '.pg_service.conf') };
}

function inFolder(path: Machine['path'], home: string, name: string): Omit<Places, 'passwords' | 'services'> {
  const folder = path.join(home, name);
  return {
    home,
    folder,
    root: path.join(folder, 'root.crt'),
    revoked: path.join(folder, 'root.crl'),
    certificate: path.join(folder, 'postgresql.crt'),
    key: path.join(folder, 'postgresql.key'),
  };
}

/** Folders beside the right one that a root.crt is put into by mistake: the other system's spelling, or one that documentation shows without its dot. */
export function wrongFolders({ platform, env, home, path }: Machine): readonly string[] {
  if (platform === 'win32') {
    const { APPDATA, USERPROFILE, LOCALAPPDATA } = env;
    const roaming = named(APPDATA) ?? path.join(home, 'AppData', 'Roaming');
    const profile = named(USERPROFILE) ?? home;
    const local = named(LOCALAPPDATA) ?? path.join(home, 'AppData', 'Local');
    return [path.join(roaming, '.postgresql'), path.join(profile, '.postgresql'), path.join(profile, 'postgresql'), path.join(local, 'postgresql'), path.join(local, '.postgresql')];
  }
  const base = named(env.HOME) ?? home;
  const others = base === home ? [] : [path.join(home, '.postgresql')];
  const mac = platform === 'darwin' ? [path.join(base, 'Library', 'Application Support', 'postgresql')] : [];
  return [path.join(base, 'postgresql'), path.join(base, '.postgres'), path.join(base, '.postgresql', 'postgresql'), ...mac, ...others];
}

/** An empty variable is none, as in libpq. */
function named(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}
