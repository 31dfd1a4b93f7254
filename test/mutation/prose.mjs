// Sentences and citations are not mutated: that a driver's words change is no fault in its judgement. Tests of messages read them.
const PROSE = /^(?:text|source|message|title|description|said|why)$/i;

/** "pgx 5.10.0 pgconn/config.go": what a source's name stands for. */
const CITATION = / .*[./(]|^https:/;

function textOf(node) {
  if (node?.type === 'StringLiteral') return node.value;
  return node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join('…') : '';
}

export const prose = {
  shouldIgnore({ node }) {
    if (node.type === 'ObjectProperty' && PROSE.test(node.key.name)) return 'prose';
    if (node.type === 'VariableDeclarator' && (PROSE.test(node.id.name) || CITATION.test(textOf(node.init)))) return 'prose';
    return undefined;
  },
};
