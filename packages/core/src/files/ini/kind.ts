import type { FileKind } from '../kind.ts';
import { WITH_SERVERS } from '../needles.ts';

const NAME = /\.(?:ini|cfg|conf|hocon|hjson|cnf)(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|ejs|mustache|hbs|example|sample|dist|local|bak|default))?$/;

/** INI, conf and cfg, whatever their dialect, HOCON and Hjson. (systemd's drop-ins are called `*.conf` too.) */
export const ini: FileKind = {
  id: 'ini',
  matches: (name) => NAME.test(name),
  needles: WITH_SERVERS,
  async load() {
    return (await import('./reader.ts')).readIni;
  },
};
