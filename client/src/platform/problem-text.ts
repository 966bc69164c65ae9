import { useTranslation } from 'react-i18next';
import { findText } from './i18n.ts';
import { problemOf } from './query.ts';

/** One sentence about a failure: by its reason, else by its code, else that it was unforeseen. */
export function problemText(error: unknown): string {
  const { code, reason } = problemOf(error);
  const byCode = code.toLowerCase().replaceAll('_', '-');
  return findText(`problem.${reason}`) ?? findText(`problem.${byCode}`) ?? findText('problem.unexpected') ?? '';
}

/** Explains failures in the language of the moment. Slices add `problem.<reason>` to their own messages. */
export function useProblemText(): (error: unknown) => string {
  useTranslation();
  return problemText;
}
