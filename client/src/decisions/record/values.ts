import type { Basis, Decision, DecisionDraft } from '@concert/domain/decisions/api.ts';

/** What stands in the form of a decision. */
export type Values = {
  readonly bodyId: string | null;
  readonly basis: Basis;
  readonly meetingId: string | null;
  readonly pollId: string | null;
  readonly grounds: string;
  readonly decidedOn: string | null;
  readonly title: string;
  readonly text: string;
  readonly recommendation: string;
  /** One a line. */
  readonly effects: string;
  readonly reviewOn: string | null;
  readonly documents: readonly string[];
};

export const emptyValues = (bodyId: string | null, former?: Decision): Values => ({
  ...{ bodyId, basis: 'poll', meetingId: null, pollId: null, grounds: '', decidedOn: null, documents: [] },
  ...{ title: former?.title ?? '', text: former?.text ?? '', recommendation: former?.recommendation ?? '' },
  ...{ effects: (former?.effects ?? []).join('\n'), reviewOn: former?.reviewOn ?? null },
});

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Whether enough was said for a draft. */
export const isWhole = ({ bodyId, basis, pollId, grounds, title, text }: Values): boolean =>
  bodyId !== null &&
  title.trim() !== '' &&
  text.trim() !== '' &&
  (basis !== 'poll' || pollId !== null) &&
  ((basis !== 'written' && basis !== 'delegated') || grounds.trim() !== '');

/** What the server is asked for. */
export function draftOf(values: Values, supersedes: string | undefined): DecisionDraft {
  const { bodyId, basis, pollId, grounds, decidedOn, title, text, recommendation, effects, reviewOn } = values;
  return {
    ...{ bodyId: bodyId ?? '', basis, title: title.trim(), text: text.trim(), documents: [...values.documents] },
    ...{ effects: linesOf(effects) },
    ...(basis === 'poll' && pollId ? { pollId } : {}),
    ...(basis !== 'poll' && grounds.trim() ? { grounds: grounds.trim() } : {}),
    ...(basis !== 'poll' && decidedOn ? { decidedOn } : {}),
    ...(recommendation.trim() ? { recommendation: recommendation.trim() } : {}),
    ...(reviewOn ? { reviewOn } : {}),
    ...(supersedes ? { supersedes } : {}),
  };
}
