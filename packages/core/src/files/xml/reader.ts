import type { Reading } from '../../site.ts';
import { readIni } from '../ini/reader.ts';
import { readTrees } from '../tree/reading.ts';
import { parseXml } from './parse.ts';

/** Reads XML: Spring, Hibernate, persistence.xml, Tomcat's context.xml, pom.xml, web.config and others. What is called `*.config` and is no XML is taken for INI. */
export function readXml(path: string, text: string): Reading {
  if (!/^[\s\uFEFF]*</.test(text)) return readIni(path, text);
  return { ...readTrees(path, text, 'XML', parseXml(text)), written: (put, at) => (isInCdata(text, at) ? put : escaped(put)) };
}

/** There nothing is escaped. */
function isInCdata(text: string, at: number): boolean {
  const open = text.lastIndexOf('<![CDATA[', at - 1);
  return open >= 0 && text.indexOf(']]>', open) >= at;
}

/** For attributes of either quotes and for text. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character);
}

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
