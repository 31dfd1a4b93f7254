import type { Driver, DriverId } from '../drivers/driver.ts';
import type { Application, Connection } from './application.ts';
import { asDriver } from './as-driver.ts';
import { FRAMEWORK_FILES } from './frameworks.ts';
import { GO } from './go.ts';
import { NODE } from './node.ts';
import { OTHERS } from './others.ts';

export type { Application, Connection } from './application.ts';
export { FRAMEWORK_NAMES, TOOL_IMAGES } from './frameworks.ts';

/** Every application that is known. */
export const APPLICATIONS: readonly Application[] = [...NODE, ...GO, ...OTHERS];

/** Which connection of which application a place in a file is. */
export interface ApplicationRef {
  readonly id: string;
  /** Of {@link Application.connections}. */
  readonly at: number;
}

/** Drivers that a file points to, where one program alone has such files. */
export function hintsOfFile(path: string, text: string): readonly DriverId[] {
  const found = FRAMEWORK_FILES.find(([end, tell]) => end.test(path) && tell.test(text));
  return found === undefined ? [] : [found[2]];
}

/** The application that an image is of. */
export function applicationOfImage(image: string): Application | undefined {
  const name = image.toLowerCase().replace(/@.*$/, '').replace(/:[^/]*$/, '');
  return APPLICATIONS.find(({ images }) => images.some((each) => name === each || name.endsWith(`/${each}`)));
}

const roles = ['string', 'host', 'port', 'user', 'password', 'dbname', 'dialect'] as const;

/** All variables of a connection, as they are compared. */
export function variablesOf(connection: Connection): readonly string[] {
  return [...roles.flatMap((role) => connection[role] ?? []), ...Object.values(connection.parameters ?? {}), ...Object.keys(connection.switches ?? {})].map((name) => name.toUpperCase());
}

/** By the first of the variables that are its own together, all of them. */
const BY_VARIABLE = new Map<string, { readonly application: Application; readonly all: readonly string[] }[]>();
for (const application of APPLICATIONS) {
  const alone = application.connections.flatMap(variablesOf).filter((name) => application.prefixes.some((prefix) => name.startsWith(prefix)));
  for (const all of [...[...new Set(alone)].map((name) => [name]), ...(application.together ?? [])]) {
    const [first = ''] = all;
    BY_VARIABLE.set(first, [...(BY_VARIABLE.get(first) ?? []), { application, all }]);
  }
}

/** Variables, in lower case, of which one is enough to know an application by. */
export const OWN_VARIABLES: readonly string[] = [...BY_VARIABLE].flatMap(([name, known]) => (known.some(({ all }) => all.length === 1) ? [name.toLowerCase()] : []));

/** The applications that variables of these names, in upper case, can only be for. */
export function applicationsOfVariables(names: ReadonlyMap<string, unknown>): readonly Application[] {
  const found = new Set<Application>();
  for (const name of names.keys()) for (const { application, all } of BY_VARIABLE.get(name) ?? []) if (all.every((each) => names.has(each))) found.add(application);
  return [...found];
}

const drivers = new Map<Connection, Driver>();

/** The driver as an application uses it for one of its connections; `driverOf` finds the driver itself. */
export function driverOfApplication({ id, at }: ApplicationRef, driverOf: (id: string) => Driver | undefined): Driver | undefined {
  const application = APPLICATIONS.find((each) => each.id === id);
  const connection = application?.connections[at];
  const driver = application === undefined ? undefined : driverOf(application.driver);
  if (application === undefined || connection === undefined || driver === undefined) return undefined;
  const known = drivers.get(connection) ?? asDriver(application, connection, driver);
  drivers.set(connection, known);
  return known;
}
