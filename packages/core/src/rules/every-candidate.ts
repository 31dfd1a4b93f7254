import type { Connects } from '../drivers/driver.ts';
import type { Judgement, Verdict } from '../judge/judgement.ts';
import type { Setting } from '../settings/setting.ts';

/** What some of the candidates that connect say of one setting. */
export interface Noted<T> {
  readonly note: T;
  readonly setting: Setting;
  /** The first candidate that says so. */
  readonly verdict: Verdict;
  /** Every candidate that connects says so: else confidence is low (INTERFACES.md, "Weakest"). */
  readonly unanimous: boolean;
}

/** Gathers one kind of note over all candidates that connect, by setting. */
export function notedBy<T extends { readonly setting?: Setting }>(judgement: Judgement, notesOf: (outcome: Connects) => readonly T[]): readonly Noted<T>[] {
  const connecting = judgement.verdicts.flatMap((verdict) => (verdict.outcome.kind === 'connects' ? [{ verdict, notes: notesOf(verdict.outcome) }] : []));
  const found: (Noted<T> & { count: number })[] = [];
  for (const { verdict, notes } of connecting) {
    for (const note of notes) {
      const { setting } = note;
      if (setting === undefined) continue;
      const same = found.find((other) => other.setting.span.start === setting.span.start && other.setting.name === setting.name);
      if (same === undefined) found.push({ note, setting, verdict, unanimous: false, count: 1 });
      else same.count++;
    }
  }
  return found.map(({ count, ...noted }) => ({ ...noted, unanimous: count === connecting.length }));
}
