import { MappedText } from '../text.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The text that stands in base64; `null` where it is none, or no UTF-8. (`atob` and `TextDecoder` are no part of the language.) */
export function decodeBase64(encoded: string): string | null {
  const digits = encoded.replaceAll(/\s/g, '').replace(/={0,2}$/, '');
  if (digits === '' || digits.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(digits)) return null;
  let percent = '';
  let bits = 0;
  let count = 0;
  for (const digit of digits) {
    bits = ((bits << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    percent += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(percent);
  } catch {
    return null;
  }
}

/** A value that is written in base64, decoded; as it stands where it is none. */
export function decodedValue(value: MappedText): MappedText {
  const text = decodeBase64(value.text);
  if (text === null) return value;
  const start = text.length - text.trimStart().length;
  return MappedText.whole(text, value.span).slice(start, Math.max(start, text.trimEnd().length));
}
