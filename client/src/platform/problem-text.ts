import { useTranslation } from 'react-i18next';
import { findText } from './i18n.ts';
import { problemOf } from './query.ts';

/**
 * One sentence about a failure: by its reason, else by its code, else that it was unforeseen. What went wrong inside
 * the server is followed by the number under which its log tells more.
 */
export function problemText(error: unknown): string {
  const { code, reason, status, detail } = problemOf(error);
  const byCode = code.toLowerCase().replaceAll('_', '-');
  const said = findText(`problem.${reason}`) ?? findText(`problem.${byCode}`) ?? findText('problem.unexpected') ?? '';
  const number = status === 500 && typeof detail.requestId === 'string' ? detail.requestId : '';
  return [said, number && findText('problem.requestId', { number })].filter(Boolean).join(' ');
}

/** Explains failures in the language of the moment. Slices add `problem.<reason>` to their own messages. */
export function useProblemText(): (error: unknown) => string {
  useTranslation();
  return problemText;
}
