import type { Poll, PollResult } from '@concert/domain/meetings/polls-api.ts';

type Line = PollResult['lines'][number];
type Unit = 'heads' | 'weight';

/** In the order in which they stand on the bar: for, neither, against. */
const SIDES = ['yes', 'consent', 'abstain', 'stand-aside', 'no', 'objection'];

export type Segment = { readonly key: string; readonly tone: 'for' | 'aside' | 'against'; readonly percent: number };

const toneOf = (key: string): Segment['tone'] => {
  if (key === 'yes' || key === 'consent') return 'for';
  return key === 'abstain' || key === 'stand-aside' ? 'aside' : 'against';
};

export const isMotion = ({ method }: Pick<Poll, 'method'>): boolean => method === 'motion' || method === 'consent';

/** In which unit results are shown: weights only where they say something else than heads. */
export function unitShown({ register }: Pick<Poll, 'register'>): Unit {
  const [first, ...others] = register.map(({ weight }) => weight);
  return others.some((weight) => weight !== first) ? 'weight' : 'heads';
}

export const countOf = (line: Pick<Line, 'heads' | 'weight'>, unit: Unit): number =>
  unit === 'heads' ? line.heads : line.weight;

/** One bar of a motion: parts of all that was said, without what nobody said. */
export function motionBar(lines: readonly Line[], unit: Unit): readonly Segment[] {
  const said = SIDES.flatMap((key) => lines.find((line) => line.key === key) ?? []);
  const all = said.reduce((sum, line) => sum + countOf(line, unit), 0);
  return said
    .filter((line) => countOf(line, unit) > 0)
    .map((line) => ({ key: line.key, tone: toneOf(line.key), percent: (countOf(line, unit) / all) * 100 }));
}

export type OptionBar = Line & { readonly percent: number };

/** Options with the most chosen first, each as a part of the most that one got. Blank votes come last. */
export function optionBars(lines: readonly Line[], unit: Unit): readonly OptionBar[] {
  const most = Math.max(1, ...lines.map((line) => countOf(line, unit)));
  const blankLast = ({ key }: Line): number => (key === 'blank' ? 1 : 0);
  return lines
    .toSorted((a, b) => blankLast(a) - blankLast(b) || countOf(b, unit) - countOf(a, unit))
    .map((line) => ({ ...line, percent: (countOf(line, unit) / most) * 100 }));
}
