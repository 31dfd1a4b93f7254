import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { gemfile } from './gem.ts';
import { goMod } from './go.ts';
import { gradle, gradleCatalog } from './gradle.ts';
import { mix } from './hex.ts';
import type { ManifestKind } from './manifest.ts';
import { pom } from './maven.ts';
import { npm } from './npm.ts';
import { dotnetCentral, dotnetProject, packagesConfig } from './nuget.ts';
import { pipfile, pyproject, requirements, requirementsFolder, setupCfg, setupPy } from './python.ts';

/** Every kind of manifest that is read: one line an ecosystem. */
export const MANIFEST_KINDS: readonly ManifestKind[] = [
  npm,
  ...[pyproject, pipfile, requirements, requirementsFolder, setupCfg, setupPy],
  goMod,
  ...[pom, gradle, gradleCatalog],
  ...[dotnetProject, dotnetCentral, packagesConfig],
  gemfile,
  composer,
  cargo,
  mix,
];
