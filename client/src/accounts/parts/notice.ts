import { useLocation } from 'react-router';

/** What the sign-in page says about where somebody comes from. */
export type Notice = 'reset' | 'confirmed' | 'erased';

const NOTICES: readonly string[] = ['reset', 'confirmed', 'erased'] satisfies Notice[];
const isNotice = (value: unknown): value is Notice => typeof value === 'string' && NOTICES.includes(value);

/** Hands a notice to the page that is gone to. */
export const telling = (notice: Notice): { readonly notice: Notice } => ({ notice });

/** The notice that the page before handed over. */
export function useNotice(): Notice | undefined {
  const { state } = useLocation();
  const notice: unknown = typeof state === 'object' && state !== null && 'notice' in state ? state.notice : undefined;
  return isNotice(notice) ? notice : undefined;
}
