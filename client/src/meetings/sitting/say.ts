import { type Say, useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import type { sittingFr } from './messages.fr.ts';

export type SittingSay = Say<keyof typeof sittingFr>;

/** The texts of the sitting and of its polls, in the language of the moment. */
export const useSay = (): SittingSay => useText(messages);
