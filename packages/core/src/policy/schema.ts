import { DRIVER_IDS } from '../drivers/driver.ts';
import { HOST_CLASSES } from '../hosts/host-class.ts';
import { MODES } from '../mode.ts';
import { RULE_IDS } from '../rules/ids.ts';

/** The part of JSON Schema (draft 7) that a policy needs; validate.ts knows all of it. */
export interface Schema {
  readonly $schema?: string;
  readonly $id?: string;
  /** What is expected, as a message says it: "a date, YYYY-MM-DD". */
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer';
  /** Instead of `type`: alternatives of different types. */
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What editors offer, and what a typing error is compared with where there is no `enum`. */
  readonly examples?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  /** `false`: no other keys; a schema: what other keys hold. */
  readonly additionalProperties?: false | Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The names of the presets, as `extends` and `preset` take them. */
export const PRESET_NAMES = ['sslmode:recommended', 'sslmode:strict', 'sslmode:query-service'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

const mode = { type: 'string', enum: MODES } as const satisfies Schema;
const severity = { type: 'string', enum: ['error', 'warning'] } as const satisfies Schema;

/** One value for all, or a map by host class. */
function byClass(value: Schema, description: string): Schema {
  const properties = Object.fromEntries(HOST_CLASSES.map((hostClass) => [hostClass, value]));
  return { description, anyOf: [value, { type: 'object', properties, additionalProperties: false }] };
}

const base = {
  title: 'a preset or a path to a policy file',
  type: 'string',
  pattern: `^(?:${PRESET_NAMES.join('|')}|(?!sslmode:).+)$`,
  examples: PRESET_NAMES,
} as const satisfies Schema;

const glob = { title: 'a glob pattern', type: 'string', minLength: 1, maxLength: 1000 } as const satisfies Schema;

const driver = {
  title: 'a driver id, ID or ID@VERSION',
  type: 'string',
  pattern: `^(?:${[...DRIVER_IDS, 'lib/pq'].map((id) => id.replace('.', '\\.')).join('|')})(?:@\\d+(?:\\.\\d+)*)?$`,
  examples: DRIVER_IDS,
} as const satisfies Schema;

const roots = {
  description: 'Root certificates.',
  type: 'object',
  properties: {
    expiresWithinDays: { description: 'Warn about certificates that expire within so many days.', type: 'integer', minimum: 0, maximum: 36500 },
    expected: {
      description: 'Roots that a root certificate file has to hold.',
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 200 },
          sha256: { title: 'a SHA-256 fingerprint, 64 hexadecimal digits, with or without colons', type: 'string', pattern: '^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$' },
        },
        required: ['name', 'sha256'],
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const satisfies Schema;

/** What the top, hosts and paths have in common. */
const thresholds = {
  minimum: byClass(mode, 'The weakest effective mode that is allowed: one for all, or a map by host class.'),
  recommend: byClass(mode, 'What is recommended above the minimum: one mode for all, or a map by host class.'),
  severity: byClass(severity, 'Severity of what is below the minimum: one for all, or a map by host class.'),
  ca: { description: 'Who else can get a certificate from the CA. With private, verify-ca counts as verify-full.', type: 'string', enum: ['private', 'public'] },
  roots,
} as const satisfies Record<string, Schema>;

/** The policy file. The one place that says what may stand in it: the validator reads it, and the published JSON schema is made of it. */
export const POLICY_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://raw.githubusercontent.com/sslmode/sslmode/main/packages/core/schemas/policy.json',
  title: 'a policy',
  description: 'Policy of sslmode: which effective mode each PostgreSQL connection has to have.',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    extends: {
      title: 'a preset, a path to a policy file, or a list of them',
      description: 'Policies to start from, the last wins. Without it sslmode:recommended; [] for nothing.',
      anyOf: [base, { type: 'array', items: base }],
    },
    ...thresholds,
    confidence: { description: 'Findings of lower confidence are not reported.', type: 'string', enum: ['low', 'medium', 'high'] },
    hosts: {
      description: 'Thresholds by host pattern; case does not count, * also matches dots, the last that matches wins.',
      type: 'object',
      propertyNames: { title: 'a host pattern, without scheme, user and port', type: 'string', // One colon stands before a port, more make an IPv6 address.
        pattern: '^(?:[^\\s/@:]+|[^\\s/@:]*:[^\\s/@:]*:[^\\s/@]*)$|^[/@]\\S*$', maxLength: 1000 },
      additionalProperties: {
        type: 'object',
        properties: { preset: { description: 'The preset to start from for these hosts.', type: 'string', enum: PRESET_NAMES }, ...thresholds },
        additionalProperties: false,
      },
    },
    paths: {
      description: 'Thresholds by path, relative to the folder of this file; they win over hosts, the last that matches wins.',
      type: 'object',
      propertyNames: glob,
      additionalProperties: { type: 'object', properties: thresholds, additionalProperties: false },
    },
    drivers: {
      description: 'Which driver reads a connection, where nothing stronger tells.',
      type: 'object',
      properties: {
        default: { ...driver, description: 'The driver where nothing else points to one.' },
        paths: { description: 'The driver by path, the last that matches wins.', type: 'object', propertyNames: glob, additionalProperties: driver },
      },
      additionalProperties: false,
    },
    rules: {
      description: 'Severity by rule.',
      type: 'object',
      properties: Object.fromEntries(RULE_IDS.map((id) => [id, { type: 'string', enum: ['error', 'warning', 'off'] } satisfies Schema])),
      additionalProperties: false,
    },
    exclude: { description: 'Files and folders that are not scanned.', type: 'array', items: glob },
    ignore: {
      description: 'Findings that are accepted, where the file has no comments to say so.',
      type: 'array',
      items: {
        type: 'object',
        properties: {
          rule: { type: 'string', enum: RULE_IDS },
          path: { ...glob, description: 'Files that it holds for; all without it.' },
          key: { description: 'Path of the key, services.api.url; * stands for any part.', type: 'string', minLength: 1, maxLength: 1000 },
          reason: { title: 'a reason', description: 'Why this is accepted.', type: 'string', pattern: '\\S' },
          until: { title: 'a date, YYYY-MM-DD', description: 'The last day on which it holds, in UTC.', type: 'string', pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$' },
        },
        required: ['rule', 'reason'],
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
