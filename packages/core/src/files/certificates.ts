import type { CertificateText } from '../site.ts';
import type { MappedText, Span } from '../text.ts';
import { decodeBase64 } from './base64.ts';
import { kindOfWords, wordsOf } from './group.ts';
import { textAt, valueAt, type Node, type Tree } from './tree/tree.ts';

const BEGIN = '-----BEGIN CERTIFICATE-----';
/** The same in base64, as the data of a Secret has it. */
const ENCODED = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FUR';

/** A value that is certificates in PEM, where the words of its name, or of what is `around` it, say that they are for PostgreSQL; `null` for any other. */
export function certificateText(path: string, value: MappedText, around = ''): CertificateText | null {
  if (!isOfDatabase(`${around}.${path}`)) return null;
  const { text, span } = value;
  if (text.includes(BEGIN)) return { key: path, span: firstLine(value), text: text.replaceAll('\\n', '\n') };
  const decoded = text.trimStart().startsWith(ENCODED) ? decodeBase64(text) : null;
  return decoded?.includes(BEGIN) === true ? { key: path, span, text: decoded } : null;
}

/** `DB_CA_CERT`, `postgres.tls.ca`, `PGSSLROOTCERT`: roots, and not a server's own certificate or a client's. */
function isOfDatabase(path: string): boolean {
  const words = wordsOf(path.slice(-200));
  const last = words.slice(-3).join('');
  return (kindOfWords(words) === 'postgres' || words.some((word) => ['DB', 'DATABASE', 'DATASOURCE', 'PGSSLROOTCERT'].includes(word))) && /CA|ROOT|SSLROOTCERT/.test(last);
}

/** What is marked of it: a block of thirty lines is nothing to underline. */
function firstLine(value: MappedText): Span {
  const begin = value.text.indexOf(BEGIN);
  return value.toSource({ start: begin, end: begin + BEGIN.length });
}

/** Certificates that stand in documents. */
export function certificatesIn(trees: readonly Tree[], text: string): readonly CertificateText[] {
  if (!text.includes(BEGIN) && !text.includes(ENCODED)) return [];
  const found: CertificateText[] = [];
  const visit = (node: Node, path: string, around: string): void => {
    if (node.kind === 'scalar') {
      const certificate = node.value === 'hidden' ? null : certificateText(path, node.value, around);
      if (certificate !== null) found.push(certificate);
    } else if (node.kind === 'map') {
      // What a Secret or ConfigMap is called says whose certificates they are: its keys are `ca.crt`.
      const name = textAt(valueAt(valueAt(node, 'metadata'), 'name'));
      for (const entry of node.entries) if (!entry.shared) visit(entry.value, join(path, entry.name), name ?? around);
    } else for (const [at, item] of node.items.entries()) if (!item.shared) visit(item.value, `${path.slice(-500)}[${at}]`, around);
  };
  for (const { roots } of trees) for (const root of roots) visit(root, '', '');
  return found;
}

function join(path: string, name: string): string {
  return path === '' || name === '' ? path + name : `${path.slice(-500)}.${name}`;
}
