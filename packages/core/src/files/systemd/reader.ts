import type { Bypass, Reading, Site } from '../../site.ts';
import { append } from '../append.ts';
import { expand, FILE_BUDGET } from '../expand.ts';
import { hintsOfImage } from '../hints.ts';
import { readScope, withoutAbsorbed, type Variable } from '../scope.ts';
import { readScript } from '../shell/script.ts';
import { commentsOver } from '../tree/comments.ts';
import { parseUnit, wordsOf } from './parse.ts';

/** Reads units of systemd, and of Podman (Quadlet): `Environment=` and command lines. One unit is one scope. */
export function readSystemd(_path: string, text: string): Reading {
  const { settings, comments } = parseUnit(text);
  const variables: Variable[] = [];
  for (const { name, value, whole } of settings) {
    if (name !== 'Environment') continue;
    const words = wordsOf(text, value);
    for (const word of words) {
      const equals = word.value.text.indexOf('=');
      if (equals <= 0) continue;
      const assigned = word.value.slice(equals + 1, word.value.text.length);
      const variable = word.value.text.slice(0, equals);
      variables.push({ name: variable, path: `Environment.${variable}`, value: assigned, span: assigned.span, whole: words.length === 1 ? whole : word.span });
    }
  }
  const hints = settings.flatMap(({ name, value }) => (name === 'Image' ? hintsOfImage(text.slice(value.start, Math.min(value.end, value.start + 300)).trim()) : []));
  const found = readScope({ variables, inherited: [], path: 'Environment', bareNames: false, hints, servers: new Map(), unparsed: false });
  const sites: Site[] = [...found.sites];
  const bypasses: Bypass[] = [...found.bypasses];
  const budget = { left: FILE_BUDGET };
  const lookup = lookupIn(variables);
  const inherited = variables.map((variable) => (variable.value === 'hidden' ? variable : { ...variable, value: expand(variable.value, { lookup, escape: '\\$', budget }) }));
  for (const { name, value } of settings) {
    if (!/^(?:Exec[A-Za-z]*|HealthCmd|PodmanArgs)$/.test(name)) continue;
    const script = readScript(text, value, { inherited, path: name, hints, budget });
    append(sites, script.sites);
    append(bypasses, script.bypasses);
  }
  return {
    sites: [...withoutAbsorbed(sites)].sort((a, b) => a.span.start - b.span.start),
    // What stands behind a value is part of it.
    comments: commentsOver(text, comments, settings.map(({ whole }) => whole), false),
    bypasses,
    problems: [],
    localNames: [],
  };
}

function lookupIn(variables: readonly Variable[]): (name: string) => string | undefined {
  const values = new Map(variables.map(({ name, value }) => [name, value === 'hidden' || value.text.includes('$') ? undefined : value.text]));
  return (name) => values.get(name);
}
