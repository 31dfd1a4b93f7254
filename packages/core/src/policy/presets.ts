import type { PolicyConfig } from './config.ts';
import { layerOf, merge, type Layer } from './merge.ts';
import type { PresetName } from './schema.ts';

/** The policies that come with the product, written as a user would write them. */
export const PRESETS: Readonly<Record<PresetName, PolicyConfig>> = {
  // INTERFACES.md, "Policy file": what stands above `hosts:` there. Tools that shout at localhost or at one's own
  // compose service are turned off, so those pass; other private names are a warning.
  'sslmode:recommended': {
    extends: [],
    minimum: { public: 'require', private: 'require', hidden: 'require', local: 'disable', loopback: 'disable', socket: 'disable' },
    recommend: { public: 'verify-full', hidden: 'verify-full' },
    severity: { private: 'warning', hidden: 'warning' },
    confidence: 'medium',
    roots: { expiresWithinDays: 30 },
  },
  // That warnings are errors is `Policy.strict`.
  'sslmode:strict': {
    extends: 'sslmode:recommended',
    minimum: 'verify-full',
    confidence: 'low',
  },
  // QUERY-SERVICE.md: plaintext is not supported, require is the least, verify-full for what is sensitive; the CA is
  // public, so verify-ca lets in whoever registered another server with it.
  'sslmode:query-service': {
    extends: 'sslmode:recommended',
    minimum: 'require',
    recommend: 'verify-full',
    severity: { public: 'error', private: 'error', hidden: 'error' },
    ca: 'public',
    roots: {
      // Upper case, without colons, as ExpectedRoot has it.
      expected: [{ name: 'DigiCert Global Root G2', sha256: 'CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F' }],
    },
  },
};

/** What holds where nothing is said at all: `extends: []`. */
export const NOTHING: Layer = layerOf({}, '.');

/** A preset with what it extends. */
export function presetOf(name: PresetName): Layer {
  const preset = PRESETS[name];
  const start = basesOf(preset).filter(isPreset).map(presetOf).reduce(merge, NOTHING);
  return merge(start, { ...layerOf(preset, '.'), strict: name === 'sslmode:strict' });
}

/** What a policy extends, as a list. */
export function basesOf(config: PolicyConfig): readonly string[] {
  return typeof config.extends === 'string' ? [config.extends] : (config.extends ?? []);
}

/** Whether a name in `extends` is a preset, and not a path. */
export function isPreset(name: string): name is PresetName {
  return Object.hasOwn(PRESETS, name);
}
