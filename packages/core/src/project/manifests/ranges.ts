import { newestOfLowestMajor } from './npm-range.ts';

/**
 * Ranges of other registries in npm's words: each function gives what {@link newestOfLowestMajor} says of npm's. Where
 * `~` and `~>` let the last number grow that is written, "a.b" grows within a, "a.b.c" within a.b.
 */
function lastGrows(range: string, operator: RegExp): string {
  return range.replaceAll(operator, (_, version: string) => (version.split('.').length > 2 ? `~${version}` : `>=${version}`));
}

/** Suffixes of pre- and post-releases: `3.2b1`, `2.9.10.post1`, `42.2.5.jre7`. */
function withoutSuffixes(range: string): string {
  return range.replaceAll(/(\d)(?:\.?(?:post|dev|rc|alpha|beta|a|b|jre|final|release|pre)[\w.]*)+/gi, '$1');
}

/** PEP 440 (https://peps.python.org/pep-0440/#version-specifiers), and Poetry's `^` and `~`. */
export function ofPython(range: string): string | null {
  if (range.length > 200) return null;
  const specifiers = withoutSuffixes(range)
    .replaceAll(/!=\s*[^,\s]+/g, '')
    .replaceAll(/={2,3}/g, '=')
    .replaceAll(/(~=|[<>=^~])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((specifier) => specifier !== '');
  return newestOfLowestMajor(lastGrows(specifiers.join(' '), /~=([\d.]+)/g));
}

/** RubyGems (https://guides.rubygems.org/patterns/#declaring-dependencies), and Hex, which has the same operators. */
export function ofRuby(range: string): string | null {
  return range.length > 200 ? null : newestOfLowestMajor(lastGrows(withoutSuffixes(range).replaceAll(/\s+and\s+|,/g, ' '), /~>\s*([\d.]+)/g).trim());
}

/** Composer (https://getcomposer.org/doc/articles/versions.md). */
export function ofComposer(range: string): string | null {
  return range.length > 200 ? null : newestOfLowestMajor(lastGrows(range.replaceAll(/@\w+/g, '').replaceAll(/([^|])\|([^|])/g, '$1||$2'), /~\s*([\d.]+)/g));
}

/** Cargo (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html): without an operator it is `^`. */
export function ofCargo(range: string): string | null {
  return newestOfLowestMajor(range.replaceAll(/(^|,)\s*(?=\d)/g, '$1^'));
}

/** Maven's and NuGet's: a version alone is taken as it is, by both; `[42.2,43)` is a range. */
export function ofBrackets(range: string): string | null {
  const bare = withoutSuffixes(range.trim().replace(/!!.*$/, ''));
  const exact = /^\[\s*([\w.-]+)\s*\]$/.exec(bare);
  if (exact?.[1] !== undefined) return newestOfLowestMajor(exact[1]);
  const between = /^[[(]\s*([\w.-]+)\s*,/.exec(bare);
  if (between?.[1] !== undefined) return newestOfLowestMajor(`>=${between[1]}`);
  // Three numbers at most are told apart; NuGet may have four.
  const plain = /^(\d+(?:\.\d+){0,2})(?:\.\d+)?(?:-[\w.-]+)?$/.exec(bare);
  return plain?.[1] ?? newestOfLowestMajor(bare.replace(/\.\+$/, '.x'));
}
