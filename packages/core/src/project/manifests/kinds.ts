import type { ManifestKind } from './manifest.ts';
import { npm } from './npm.ts';

/** Every kind of manifest that is read: one line a kind. */
export const MANIFEST_KINDS: readonly ManifestKind[] = [npm];
