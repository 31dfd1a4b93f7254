import { LIBRARIES } from './libraries/index.ts';
import { packageOf } from './modules.ts';
import { TELLING } from './telling.ts';

/** What the calls of libraries are called: `Pool`, `forRoot`; of a module that is called itself, its own name. */
export const CALLED: ReadonlySet<string> = new Set(
  LIBRARIES.flatMap(({ modules }) => Object.entries(modules)).flatMap(([module, exports]) => exports.filter((name) => !name.includes('()')).map((name) => lastOf(name === '' ? packageOf(module) : name))),
);

const CONNECTING = new RegExp(String.raw`${TELLING.source}|\b(?:${[...CALLED].filter((name) => /^\w+$/.test(name)).join('|')})\s*(?:<[^<>()]{0,100}>\s*)?\(`);

/** Whether there can be anything in a file where values are followed into other modules: then a file need hold no more than the call. */
export function mayConnect(source: string): boolean {
  return CONNECTING.test(source);
}

function lastOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1);
}
