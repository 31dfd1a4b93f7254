// ESLint's own types are CommonJS, for which @eslint/core has a file of its own: only from a `.cts` is it the one that is meant.
// It is a dependency for its types alone, without which tsc would fail in a project; @eslint/plugin-kit brings it anyway.
import type { SslmodeSettings } from './project.ts' with { 'resolution-mode': 'import' };

declare module '@eslint/core' {
  /** Makes an editor complete and tsc check `settings.sslmode` in a configuration of ESLint. */
  interface SettingsConfig {
    sslmode?: SslmodeSettings;
  }
}
