import type { Setting } from '../settings/setting.ts';
import type { Bypass } from '../site.ts';
import type { Span } from '../text.ts';
import type { Value } from '../value.ts';
import { spanOf } from './ast.ts';
import type { Node } from './ast.ts';
import { BYPASS, assignedIn } from './environment.ts';
import type { Tree } from './scope.ts';
import type { Evaluator } from './values.ts';

/** Variables of libpq's that its followers read as well: PGSSLMODE, PGHOST. */
const OF_DRIVERS = /^PG[A-Z]{3,}$/;

/** What the program writes into its own environment, and where that switches certificate checks off. */
export function assignedSettings(tree: Tree, evaluator: Evaluator): { readonly environment: readonly Setting[]; readonly bypasses: readonly Bypass[] } {
  const environment: Setting[] = [];
  const bypasses: Bypass[] = [];
  for (const node of tree.visits.keys()) {
    for (const { name, value, whole, elsewhere } of assignedIn(node, tree)) {
      if (name !== BYPASS && !OF_DRIVERS.test(name)) continue;
      const branches = evaluator.branches(value);
      const off = branches.find((branch) => textOf(branch.value) === '0');
      const chosen = name === BYPASS && off !== undefined ? off : branches.length === 1 ? branches[0] : undefined;
      const setting: Setting = {
        name,
        key: name,
        value: chosen === undefined ? null : textOf(chosen.value),
        place: 'environment',
        span: chosen === undefined ? spanOf(value) : spanOfText(chosen.value),
        whole: entrySpan(whole, tree),
      };
      if (name === BYPASS && off !== undefined) bypasses.push({ setting, key: null });
      if (!elsewhere) environment.push(setting);
    }
  }
  return { environment, bypasses };
}

/** Everything that is assigned becomes a text; `null` where it is not known. */
function textOf(value: Value): string | null {
  return value.kind === 'literal' ? String(value.value) : null;
}

/** Without quotes, where it has some. */
function spanOfText(value: Value): Span {
  return value.kind === 'literal' && value.text !== undefined ? value.text.span : value.span;
}

/** An assignment's statement, or a property with the comma behind it. */
function entrySpan(whole: Node, tree: Tree): Span {
  const parent = tree.visits.get(whole)?.parent?.node;
  if (parent?.type === 'ExpressionStatement') return spanOf(parent);
  const { start, end } = spanOf(whole);
  const comma = whole.type === 'Property' ? /^\s{0,100},/.exec(tree.source.slice(end, end + 101)) : null;
  return { start, end: end + (comma?.[0].length ?? 0) };
}
