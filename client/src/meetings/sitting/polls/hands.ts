import type { Poll } from '@concert/domain/meetings/polls-api.ts';

/** What was counted, by what one could raise a hand for. */
export type Counts = Readonly<Record<string, number>>;

type Counted = Pick<Poll, 'method' | 'options' | 'hands'>;

/** For what hands are counted, in the order in which they are asked. */
export const handKeys = ({ method, options }: Pick<Counted, 'method' | 'options'>): readonly string[] =>
  method === 'motion' ? ['yes', 'no', 'abstain'] : [...options.map(({ id }) => id), 'blank'];

/** What was typed in so far; nought where nothing was. */
export const handsOf = (poll: Counted): Counts =>
  Object.fromEntries(handKeys(poll).map((key) => [key, poll.hands?.find((line) => line.key === key)?.count ?? 0]));
