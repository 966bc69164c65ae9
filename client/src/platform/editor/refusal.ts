import { CLOSE } from '@concert/contract';

/** Why the server will not have this page back; each asks something else of the person. */
export type Refusal = 'no-session' | 'no-right' | 'no-document' | 'too-big' | 'bad-update' | 'client-too-old';

export const REFUSALS: Readonly<Record<number, Refusal>> = {
  [CLOSE.noSession]: 'no-session',
  [CLOSE.noRight]: 'no-right',
  [CLOSE.noDocument]: 'no-document',
  [CLOSE.tooBig]: 'too-big',
  [CLOSE.badUpdate]: 'bad-update',
  [CLOSE.clientTooOld]: 'client-too-old',
};

/** Refusals after which nothing of the document may stay in this browser. */
export const erases = (refusal: Refusal): boolean => refusal === 'no-right' || refusal === 'no-document';

/** Refusals of what was written here: the text is kept for its writer and the page starts again without it. */
export const recovers = (refusal: Refusal): refusal is 'bad-update' | 'too-big' =>
  refusal === 'bad-update' || refusal === 'too-big';
