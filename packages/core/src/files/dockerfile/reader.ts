import type { ServerSetting } from '../../server.ts';
import type { Bypass, Reading, Site } from '../../site.ts';
import { MappedText, type Span } from '../../text.ts';
import type { Hint } from '../applications.ts';
import { append } from '../append.ts';
import type { Entry } from '../entry.ts';
import { FILE_BUDGET } from '../expand.ts';
import { isTlsVariable } from '../group.ts';
import { hintsOfImage } from '../hints.ts';
import { readCommand, readVariable } from '../servers/containers.ts';
import { readScope, withoutAbsorbed, type Variable } from '../scope.ts';
import { linesOf, readScript, type ScriptReading } from '../shell/script.ts';
import { writtenInAny } from '../shell/written.ts';
import { commentsOver } from '../tree/comments.ts';
import { variablesOf } from '../variables.ts';
import { commandOf, copiesIn } from './copies.ts';
import { parseDockerfile, skipBlanks, wordsOf, type Instruction } from './parse.ts';

/** One stage of a build, which begins with FROM; before the first one stand only ARGs. */
interface Stage {
  readonly name: string;
  /** What it is built upon in the end; empty for none. */
  readonly image: string;
  readonly hints: readonly Hint[];
  readonly base: Stage | undefined;
  readonly entries: Entry[];
  /** Names that the program is given, too: those of ENV. */
  readonly given: Set<string>;
  readonly commands: Instruction[];
}

/** Reads Dockerfiles: ENV and ARG of each stage, and its commands, for which they are in force. */
export function readDockerfile(_path: string, text: string): Reading {
  const { instructions, comments, escape } = parseDockerfile(text);
  const parts: Span[] = [];
  const named = new Map<string, Stage>();
  const stages: Stage[] = [{ name: '', image: '', hints: [], base: undefined, entries: [], given: new Set(), commands: [] }];
  for (const instruction of instructions) {
    parts.push(instruction.whole);
    const { name, body } = instruction.name === 'ONBUILD' ? triggered(text, instruction) : instruction;
    const stage = stages.at(-1);
    if (name === 'FROM') {
      const next = stageOf(text, body, named);
      stages.push(next);
      if (next.name !== '') named.set(next.name, next);
    } else if (name === 'ENV' || name === 'ARG') {
      const entries = entriesOf(text, body, escape, instruction.whole);
      append(parts, entries.map(({ span }) => span));
      if (stage !== undefined) append(stage.entries, entries.map(({ entry }) => entry));
      for (const { entry } of name === 'ENV' ? entries : []) stage?.given.add(entry.name);
    } else stage?.commands.push({ ...instruction, name, body });
  }
  const sites: Site[] = [];
  const bypasses: Bypass[] = [];
  const servers: ServerSetting[] = [];
  const scripts: ScriptReading[] = [];
  const budget = { left: FILE_BUDGET };
  const read = stages.map((stage) => ({ stage, variables: variablesOf(stage.entries, budget, true) }));
  const variablesIn = new Map(read.map(({ stage, variables }) => [stage, variables]));
  // The same Dockerfile is one scope for what switches off checks.
  const everywhere = read.flatMap(({ variables }) => variables.filter(({ name }) => name === 'NODE_TLS_REJECT_UNAUTHORIZED'));
  for (const { stage, variables } of read) {
    const { hints } = stage;
    const inherited = [...new Map([...everywhere, ...basesOf(stage).flatMap((base) => variablesIn.get(base) ?? [])].map((variable) => [variable.name, variable])).values()];
    const found = readScope({ variables, inherited: inherited.filter(({ name }) => isTlsVariable(name)), path: '', bareNames: false, hints, servers: new Map(), unparsed: false });
    append(sites, found.sites);
    append(bypasses, found.bypasses);
    append(servers, serversOf(text, stage, escape));
    for (const { name, body, documents } of stage.commands) {
      const inForce = [...inherited, ...variables];
      if (/^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(name)) {
        const script = readShellCommand(text, body, escape, inForce, hints, name);
        append(sites, script.sites);
        append(bypasses, script.bypasses);
      }
      for (const document of documents) {
        const script = name === 'RUN' ? runs(readScript(text, document, { inherited: inForce, path: name, hints, budget })) : readLines(linesOf(text, document, name), hints);
        append(sites, script.sites);
        append(bypasses, script.bypasses);
      }
    }
  }
  const mounts = copiesIn(text, instructions, escape);
  // The last stage is what runs.
  const last = stages.at(-1);
  const environment = [...(last === undefined ? [] : [...basesOf(last), last])].flatMap((stage) => (variablesIn.get(stage) ?? []).filter(({ name }) => stage.given.has(name)));
  // What stands behind a value is part of it.
  return { ...(environment.length > 0 && { environments: [{ variables: environment, of: [] }] }), ...(servers.length > 0 && { servers }), ...(mounts.length > 0 && { mounts }), sites: [...withoutAbsorbed(sites)].sort((a, b) => a.span.start - b.span.start), comments: commentsOver(text, comments, parts, false), bypasses, problems: [], localNames: [], written: writtenInAny(scripts) };

  function readShellCommand(source: string, body: Span, mark: string, inherited: readonly Variable[], hints: readonly Hint[], path: string): { sites: readonly Site[]; bypasses: readonly Bypass[] } {
    const start = skipBlanks(source, body.start, body.end, mark);
    // The form of a list: no shell reads it.
    if (source[start] === '[') {
      const value = MappedText.verbatim(source, start, body.end);
      return readScope({ variables: [{ name: '', path, value, span: value.span, whole: value.span }], inherited: inherited.filter(({ name }) => isTlsVariable(name)), path, bareNames: false, hints, servers: new Map(), unparsed: false });
    }
    return runs(readScript(source, { start, end: body.end }, { inherited, path, hints, budget }));
  }

  function runs(script: ScriptReading): ScriptReading {
    scripts.push(script);
    append(servers, script.servers);
    return script;
  }
}

function readLines(variables: readonly Variable[], hints: readonly Hint[]): { sites: readonly Site[]; bypasses: readonly Bypass[] } {
  return readScope({ variables, inherited: [], path: '', bareNames: false, hints, servers: new Map(), unparsed: false });
}

/** What an image of PostgreSQL or of a pooler is told: by its command, and by variables that it reads. */
function serversOf(text: string, { image, entries, commands }: Stage, escape: string): readonly ServerSetting[] {
  const words = ['ENTRYPOINT', 'CMD'].flatMap((wanted) => {
    const last = commands.findLast(({ name }) => name === wanted);
    return last === undefined ? [] : commandOf(text, last.body, escape).map((value) => ({ value, path: wanted }));
  });
  return [...readCommand(words, image), ...(image === '' ? [] : entries.flatMap(({ name, value }) => readVariable({ name, value, whole: value.span, path: name })))];
}

/** The stages that a stage is built upon, the furthest first. */
function basesOf(stage: Stage): readonly Stage[] {
  const bases: Stage[] = [];
  for (let at = stage.base; at !== undefined && bases.length < 100; at = at.base) bases.unshift(at);
  return bases;
}

/** `FROM [--platform=…] image [AS name]` */
function stageOf(text: string, body: Span, named: ReadonlyMap<string, Stage>): Stage {
  const words = text.slice(body.start, Math.min(body.end, body.start + 500)).split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
  const [image = '', as = '', name = ''] = words;
  const base = named.get(image.toLowerCase());
  return { name: as.toLowerCase() === 'as' ? name.toLowerCase() : '', image: base?.image ?? image, hints: base?.hints ?? hintsOfImage(image), base, entries: [], given: new Set(), commands: [] };
}

/** `ONBUILD RUN …` */
function triggered(text: string, { body }: Instruction): { name: string; body: Span } {
  const inner = /^\s*([A-Za-z]+)/.exec(text.slice(body.start, Math.min(body.end, body.start + 100)));
  return { name: inner?.[1]?.toUpperCase() ?? '', body: { start: body.start + (inner?.[0].length ?? 0), end: body.end } };
}

/** `A=b C="d"`, or of old `A b c`. */
function entriesOf(text: string, body: Span, escape: string, whole: Span): readonly { readonly entry: Entry; readonly span: Span }[] {
  const words = wordsOf(text, body, escape);
  const [first] = words;
  if (first !== undefined && !first.value.text.includes('=')) {
    const start = skipBlanks(text, first.span.end, body.end, escape);
    const value = MappedText.verbatim(text, start, body.end);
    return start >= body.end ? [] : [{ entry: { name: first.value.text, value: value.slice(0, value.text.trimEnd().length), literal: () => false, whole }, span: { start: first.span.start, end: body.end } }];
  }
  return words.flatMap(({ value, literal, span }) => {
    const equals = value.text.indexOf('=');
    if (equals <= 0) return [];
    const assigned = value.slice(equals + 1, value.text.length);
    return [{ entry: { name: value.text.slice(0, equals), value: assigned, literal: (at: number) => literal(at + equals + 1), whole: words.length === 1 ? whole : span }, span }];
  });
}
