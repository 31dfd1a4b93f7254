/** The part of the WHATWG URL interface that drivers use. The class is in every browser and in Node, but in no type library that a pure package may load. */
export interface WhatwgUrl {
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly searchParams: Iterable<readonly [string, string]> & { get(name: string): string | null };
  pathname: string;
}

const { URL } = globalThis as unknown as { readonly URL: new (text: string, base?: string) => WhatwgUrl };

/** The URL, read as JavaScript drivers read it; `null` where the constructor throws. */
export function whatwgUrl(text: string, base?: string): WhatwgUrl | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
