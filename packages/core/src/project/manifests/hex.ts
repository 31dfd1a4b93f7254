import { dependency, listLock, type ManifestKind } from './manifest.ts';
import { ofRuby } from './ranges.ts';

/** mix.exs (https://hexdocs.pm/mix/Mix.Tasks.Deps.html): Elixir, of which only the plain tuples are read. mix.lock is one an umbrella. */
export const mix: ManifestKind = {
  ecosystem: 'hex',
  file: 'mix.exs',
  locks: [
    {
      file: 'mix.lock',
      read: (text) => listLock(new Map([...text.matchAll(/^[ \t]*"(\w+)": \{:hex, :\w+, "([^"]+)"/gm)].map(([, name = '', version = '']) => [name, version])), () => true),
    },
  ],
  dependencies: (text) => [...text.replaceAll(/#.*/g, '').matchAll(/\{:(\w+)\s*,\s*(?:"([^"\n]*)")?/g)].map(([, name = '', range = '']) => dependency(name, range)),
  versionOf: ofRuby,
};
