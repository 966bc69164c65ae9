import type { Mark } from './records.ts';

type People = ReadonlyMap<string, { readonly name: string; readonly color: string }>;

/** Of somebody who is not known any more. */
const NO_COLOR = '#495057';

/** A person as the contract shows them. */
export const authorIn = (people: People, id: string) => ({
  id,
  name: people.get(id)?.name ?? '',
  color: people.get(id)?.color ?? NO_COLOR,
});

/** Who did something and when, as the contract shows it. */
export const markIn = (people: People, { by, at }: Mark) => ({
  by: { id: by, name: people.get(by)?.name ?? '' },
  at: at.toISOString(),
});

export const byOf = (mark: Mark | null): string[] => (mark === null ? [] : [mark.by]);
