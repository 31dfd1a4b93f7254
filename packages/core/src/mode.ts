/**
 * The vocabulary of the whole product: libpq's six modes, weakest first, used as a measure of what a
 * connection's settings really give (source: https://www.postgresql.org/docs/18/libpq-ssl.html, table 32.1).
 */
export const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** One of libpq's six modes. */
export type Mode = (typeof MODES)[number];

/** What came out of a judgement: a mode, `error` (the driver refuses the settings) or `unknown` (something decisive is hidden). */
export type Effective = Mode | 'error' | 'unknown';

/** When a driver encrypts: the first of the two questions that it answers. */
export type Encrypts = 'never' | 'if-server-insists' | 'if-server-offers' | 'always';

/** What a driver checks of the server's certificate when it encrypts: the second question. */
export type Verifies = 'nothing' | 'chain' | 'chain-and-name';

/** True for one of the six words, spelled exactly so. */
export function isMode(word: unknown): word is Mode {
  return (MODES as readonly unknown[]).includes(word);
}

/** The mode whose protection these two answers give. A TLS leg that can be refused protects as little as none, whatever it verifies. */
export function modeOf(encrypts: Encrypts, verifies: Verifies): Mode {
  switch (encrypts) {
    case 'never':
      return 'disable';
    case 'if-server-insists':
      return 'allow';
    case 'if-server-offers':
      return 'prefer';
    case 'always':
      return verifies === 'chain-and-name' ? 'verify-full' : verifies === 'chain' ? 'verify-ca' : 'require';
  }
}

/** Negative where `a` protects less than `b`. */
export function compareModes(a: Mode, b: Mode): number {
  return MODES.indexOf(a) - MODES.indexOf(b);
}

/** True where `a` protects less than `b`. */
export function isWeaker(a: Mode, b: Mode): boolean {
  return compareModes(a, b) < 0;
}

/** The weakest of some modes; `undefined` for none. */
export function weakestOf(modes: readonly Mode[]): Mode | undefined {
  return MODES.find((mode) => modes.includes(mode));
}

/** The strongest of some modes; `undefined` for none. */
export function strongestOf(modes: readonly Mode[]): Mode | undefined {
  return MODES.findLast((mode) => modes.includes(mode));
}
