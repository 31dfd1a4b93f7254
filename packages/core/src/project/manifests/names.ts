import type { Ecosystem } from './manifest.ts';

/** The name under which a registry finds a package, of those that may be written in several ways. */
export function canonicalName(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case 'pypi':
      // PEP 503.
      return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
    case 'nuget':
    case 'composer':
      return name.toLowerCase();
    default:
      return name;
  }
}
