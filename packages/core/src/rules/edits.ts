import { quoted } from '../drivers/outcome.ts';
import type { Judgement } from '../judge/judgement.ts';
import { ownText } from '../redact.ts';
import type { Setting } from '../settings/setting.ts';
import type { MappedText, Span } from '../text.ts';
import { entryOf, propertyOf } from '../value.ts';
import { insertion } from './insertions.ts';
import type { Suggestion } from './rule.ts';
import { isSameName, separatorOf, spellingFor } from './words.ts';

/** What must be true for verify-full to work, for the text of a suggestion. */
function premise({ provider, hostClass, deciding, decidedBy }: Judgement): string {
  if (provider?.root != null) return `the server's certificate must chain to ${provider.root}`;
  if (hostClass === 'private' || hostClass === 'local') return "the driver must be given your own CA's certificate";
  if (deciding.driver.id === 'asyncpg' && decidedBy?.place !== 'options') return 'sslrootcert or PGSSLROOTCERT must name a file of root certificates';
  return deciding.driver.id === 'libpq' ? 'a root certificate must be at hand: sslrootcert=system needs libpq 16 or later' : "the server's certificate must chain to a public root";
}

/** What pgjdbc needs beside sslmode to find the public roots, and Prisma to check against them, where nothing else says whom to trust. A path that is not known is left to the reader. */
function besides({ string, deciding }: Judgement, pairs: readonly (readonly [name: string, value: string])[]): string {
  if (string?.form !== 'jdbc' && deciding.driver.id !== 'prisma') return '';
  const isSaid = string?.settings.some(({ key }) => ['sslfactory', 'sslrootcert', 'sslaccept'].includes(key)) === true;
  return pairs.slice(1).filter(([, value]) => !isSaid && !value.startsWith('/')).map(([name, value]) => `&${name}=${value}`).join('');
}

/** Ways to raise a connection to verify-full that touch nothing but its TLS setting. */
export function raiseSuggestions(judgement: Judgement): readonly Suggestion[] {
  const { decidedBy, site, deciding, provider } = judgement;
  if (decidedBy?.place === 'options') return optionSuggestions(judgement, decidedBy);
  const spelling = deciding.driver.spell('verify-full', provider?.root ?? null, deciding.version, judgement.string?.scheme);
  if (decidedBy !== null) {
    // A word that stands where it decides can be raised in place.
    const raised = (decidedBy.place === 'environment' ? spelling.environment : spelling.string)?.find(([name]) => isSameName(name, decidedBy));
    if (raised === undefined) return [];
    const [name, value] = raised;
    const beside = besides(judgement, spelling.string ?? []);
    const text = `${value}${beside}`;
    if (text === decidedBy.value) return [];
    return [{ message: ownText(`Set ${decidedBy.place === 'environment' && deciding.driver.application === undefined ? 'sslmode' : name}=${text} (${premise(judgement)}).`), edits: [{ span: decidedBy.span, text }], safe: false }];
  }
  const text = site.string;
  if (text === null || text === 'hidden') return insertions(judgement);
  if (spelling.string === null || judgement.string === null || !deciding.takesString) return [];
  const { form, open, settings } = judgement.string;
  if (open || settings.some(({ name }) => name === 'sslmode' || name === 'ssl')) return [];
  const [first] = spelling.string;
  if (first === undefined) return [];
  const name = first[0];
  const value = `${first[1]}${besides(judgement, spelling.string)}`;
  const fragment = form === 'url' ? text.text.indexOf('#') : -1;
  const end = fragment < 0 ? text.text.length : fragment;
  const before = text.text.slice(0, end);
  const usual = separatorOf(judgement.string);
  const separator = usual === ' ' ? ' ' : usual === ';' ? (/;\s*$/.test(before) ? '' : ';') : text.text.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?';
  const at = text.toSource({ start: 0, end }).end;
  return [{ message: ownText(`Add ${name}=${value} (${premise(judgement)}).`), edits: [{ span: { start: at, end: at }, text: `${separator}${name}=${value}` }], safe: false }];
}

function optionSuggestions(judgement: Judgement, decidedBy: Setting): readonly Suggestion[] {
  const [name, inner] = decidedBy.name.split('.');
  const object = propertyOf(judgement.deciding.options, name ?? '');
  const span = decidedBy.valueSpan ?? decidedBy.span;
  const set = (text: string, message: string): Suggestion => ({ message: ownText(message), edits: [{ span, text }], safe: false });
  if (inner === 'rejectUnauthorized') {
    if (entryOf(object, 'ca') !== undefined) {
      const message = ownText('Delete `rejectUnauthorized: false` (the server\'s certificate must chain to the `ca` beside it).');
      return [{ message, edits: [{ span: decidedBy.whole, text: '' }], safe: false }];
    }
    return [set('true', `Verify the certificate (${premise(judgement)}).`), ...ownCa(judgement).map((ca) => set(`true, ${ca}`, `Verify it against \`${ca}\` (${PREMISE_OF_CA}).`))];
  }
  if (inner === 'enforce') return [set('true', `Set \`enforce: true\` (${premise(judgement)}).`)];
  if (name !== decidedBy.name || (name !== 'ssl' && name !== 'tls')) return [];
  const value = judgement.provider?.root == null ? spellingFor(judgement, null).options?.replace(/^(?:ssl|tls)(?:: |=)/, '') : undefined;
  return [
    ...(value === undefined ? [] : [set(value, `Set \`${name}: ${value}\` (${premise(judgement)}).`)]),
    ...ownCa(judgement).map((ca) => set(`{ ${ca} }`, `Set \`${name}: { ${ca} }\` (${PREMISE_OF_CA}).`)),
  ];
}

/** `ssl` where the options say nothing of it: checked against the public roots, or against a file of one's own. */
function insertions(judgement: Judgement): readonly Suggestion[] {
  const own = spellingFor(judgement, judgement.provider?.root ?? 'your-ca.crt').options;
  const common = judgement.provider?.root == null ? spellingFor(judgement, null).options : null;
  const choices = [[common, premise(judgement)], [own?.includes('readFileSync(') === true ? own : null, PREMISE_OF_CA]] as const;
  return choices.flatMap(([property, mustBe]) => {
    const edit = property === null ? null : insertion(judgement.site.options, property);
    return edit === null || property === null ? [] : [{ message: ownText(`Add \`${property}\` (${mustBe}).`), edits: [edit], safe: false }];
  });
}

const PREMISE_OF_CA = "the file must hold the root of the server's certificate, and readFileSync be imported";

/** `ca: readFileSync(…)`, where the driver takes that: who has a CA of one's own, or a provider's, needs no public root. */
function ownCa(judgement: Judgement): readonly string[] {
  const { options } = spellingFor(judgement, judgement.provider?.root ?? 'your-ca.crt');
  const ca = /^(?:ssl|tls): \{ (ca: readFileSync\(.*\)) \}$/.exec(options ?? '')?.[1];
  return ca === undefined ? [] : [ca];
}

/** Takes a setting out that is read by nobody. `safe` where that is proven for every candidate. */
export function removeSuggestion(setting: Setting, safe: boolean): Suggestion {
  return { message: ownText(`Delete ${quoted(setting)}.`), edits: [{ span: setting.whole, text: '' }], safe };
}

/**
 * Suggestions without those that can't be made where their place only stands for a value as a whole: a constant from
 * elsewhere in a template, base64. There a setting in the middle of it is not to be reached.
 */
export function feasible(suggestions: readonly Suggestion[], string: MappedText | 'hidden' | null): readonly Suggestion[] {
  if (string === null || string === 'hidden' || suggestions.length === 0) return suggestions;
  const rigid = string.segments(0, string.text.length).filter(({ whole }) => whole === true);
  return suggestions.filter(({ edits }) => edits.every((edit) => rigid.every(({ at, length, source }) => isFree(edit.span, source, string.text.slice(at, at + length)))));
}

/** An edit is free of a rigid stretch where it is apart from it, or takes the place of all of it and that is one word or one character (an entity, an escape). */
function isFree(edit: Span, rigid: Span, text: string): boolean {
  const isInsertion = edit.start === edit.end;
  const apart = isInsertion ? edit.end < rigid.start || edit.start > rigid.end : edit.end <= rigid.start || edit.start >= rigid.end;
  return apart || (!isInsertion && edit.start <= rigid.start && edit.end >= rigid.end && /^(?:[\w.-]*|.)$/s.test(text));
}
