import type { ParsedString } from '../../src/settings/setting.ts';

/** Settings as `name=value`, `?` for a hidden value, with what its span cuts out of the text where that is something else. */
export function settingsOf(parsed: ParsedString | null): readonly string[] {
  if (parsed === null) return ['null'];
  return parsed.settings.map(({ name, value, span }) => {
    const raw = parsed.text.slice(span.start, span.end);
    return value === raw ? `${name}=${value}` : `${name}=${value ?? '?'} <${raw}>`;
  });
}

/** The text without the setting of this name. */
export function without(parsed: ParsedString, name: string, occurrence = 0): string {
  const setting = parsed.settings.filter((each) => each.name === name)[occurrence]!;
  return parsed.text.slice(0, setting.whole.start) + parsed.text.slice(setting.whole.end);
}
