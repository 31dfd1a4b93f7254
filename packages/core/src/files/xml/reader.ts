import type { Reading } from '../../site.ts';
import { readIni } from '../ini/reader.ts';
import { readTrees } from '../tree/reading.ts';
import { parseXml } from './parse.ts';

/** Reads XML: Spring, Hibernate, persistence.xml, Tomcat's context.xml, pom.xml, web.config and others. What is called `*.config` and is no XML is taken for INI. */
export function readXml(path: string, text: string): Reading {
  return /^[\s\uFEFF]*</.test(text) ? readTrees(path, text, 'XML', parseXml(text)) : readIni(path, text);
}
