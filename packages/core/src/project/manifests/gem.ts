import { dependency, listLock, type ManifestKind } from './manifest.ts';
import { ofRuby } from './ranges.ts';

/** Gemfile (https://bundler.io/man/gemfile.5.html) and gemspecs: Ruby, of which only the plain lines are read. */
export const gemfile: ManifestKind = {
  ecosystem: 'gem',
  file: 'Gemfile',
  pattern: /^(?:gems\.rb|[\w.-]+\.gemspec)$/,
  locks: [
    {
      file: 'Gemfile.lock',
      // `    pg (1.5.4-x86_64-linux)`; what it needs itself is indented deeper.
      read: (text) => listLock(new Map([...text.matchAll(/^ {4}([\w.-]+) \(([\d.]+)[^)\n]*\)\r?$/gm)].map(([, name = '', version = '']) => [name, version]))),
    },
  ],
  dependencies: (text) =>
    [...text.matchAll(/^[ \t]*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[ \t(]+["']([\w.-]+)["']((?:[ \t]*,[ \t]*["'][^"'\n]*["'])*)/gm)].map(([, name = '', ranges = '']) =>
      dependency(name, [...ranges.matchAll(/["']([^"']*)["']/g)].map(([, range = '']) => range.replace(/^=\s*/, '')).join(', ')),
    ),
  versionOf: ofRuby,
};
