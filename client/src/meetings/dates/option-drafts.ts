import { instantOf } from '../logic/times.ts';

/** A date that is being proposed, as it is typed. */
export type OptionDraft = {
  readonly key: number;
  readonly day: string | null;
  readonly from: string;
  readonly until: string;
};

export const emptyDraft = (): OptionDraft => ({ key: 0, day: null, from: '09:30', until: '12:00' });

/** A further line, with the hours of the last one: they are the same as a rule. */
export function nextDraft(drafts: readonly OptionDraft[]): OptionDraft {
  const last = drafts.at(-1) ?? emptyDraft();
  return { ...last, key: Math.max(...drafts.map(({ key }) => key), 0) + 1, day: null };
}

export const isComplete = ({ day, from, until }: OptionDraft): boolean => day !== null && from !== '' && until > from;

/** What is sent of them: those that are complete, each once, the first first. */
export function optionsOf(drafts: readonly OptionDraft[], zone: string): { startAt: string; endAt: string }[] {
  const options = drafts.filter(isComplete).map(({ day, from, until }) => ({
    startAt: instantOf({ day: day ?? '', time: from }, zone),
    endAt: instantOf({ day: day ?? '', time: until }, zone),
  }));
  const once = new Map(options.map((option) => [`${option.startAt} ${option.endAt}`, option]));
  return [...once.values()].toSorted((a, b) => a.startAt.localeCompare(b.startAt));
}
