import type { FileKind } from '../kind.ts';
import { WITH_SERVERS } from '../needles.ts';

const NAME = /\.(?:xml|config|pubxml)(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|ftl|example|sample|dist|local|bak))?$/;

/** XML, and the config files of .NET. */
export const xml: FileKind = {
  id: 'xml',
  matches: (name) => NAME.test(name),
  needles: WITH_SERVERS,
  async load() {
    return (await import('./reader.ts')).readXml;
  },
};
