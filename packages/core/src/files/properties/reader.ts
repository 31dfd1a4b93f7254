import type { Bypass, Reading, Site } from '../../site.ts';
import { append } from '../append.ts';
import { expand, FILE_BUDGET } from '../expand.ts';
import { readScope } from '../scope.ts';
import { commentsOver } from '../tree/comments.ts';
import { parseProperties, type Property } from './parse.ts';

/** Reads Java's properties: Spring Boot, Hibernate, Flyway, Liquibase, Keycloak and others. A document is one scope. */
export function readProperties(_path: string, text: string): Reading {
  const { documents, comments } = parseProperties(text);
  const sites: Site[] = [];
  const bypasses: Bypass[] = [];
  const budget = { left: FILE_BUDGET };
  for (const document of documents) {
    const lookup = lookupIn(document);
    const variables = document.map(({ name, value, whole }) => {
      const filled = expand(value, { lookup: (other) => (other === name ? undefined : lookup(other)), escape: '\\$', budget, bareColon: true });
      return { name, path: name, value: filled, ...(filled !== value && { unfilled: value }), span: value.span, whole };
    });
    const found = readScope({ variables, inherited: [], path: '', bareNames: true, hints: [], servers: new Map(), unparsed: false, fills: true });
    append(sites, found.sites);
    append(bypasses, found.bypasses);
  }
  const parts = documents.flatMap((document) => document.map(({ span }) => span));
  // What stands behind a value is part of it.
  return { sites, comments: commentsOver(text, comments, parts, false), bypasses, problems: [], localNames: [] };
}

/** Values of the same document that need no filling in themselves. */
function lookupIn(document: readonly Property[]): (name: string) => string | undefined {
  const values = new Map(document.map(({ name, value }) => [name, value.text]));
  return (name) => {
    const value = values.get(name);
    return value?.includes('$') === true ? undefined : value;
  };
}
