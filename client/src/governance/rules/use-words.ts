import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { durationText } from './duration.ts';
import type { Words } from './rule-words.ts';

/** The words in which rules are said, in the language of the moment. */
export function useWords(): Words {
  const t = useText(messages);
  const format = useFormat();
  return { t, time: (seconds) => durationText(seconds, format) };
}
