import { useEffect } from 'react';
import { useLiveEvent } from './live.tsx';
import { client } from './query.ts';

type Subject = { readonly kind: string; readonly id: string };

const look = (key: string): void => {
  if (key === '' || document.visibilityState !== 'visible') return;
  const subjects = key.split(' ').map((one) => {
    const [kind = '', id = ''] = one.split(':');
    return { kind, id };
  });
  // What stays unread is in the inbox still, and read at the next look.
  client.notifications.readAbout({ subjects }).catch(() => undefined);
};

/** More than are told of at a time; the inbox has the rest. */
const MOST = 400;

/** What was told about things that are shown now is read: when they are first shown, looked at again, and told of meanwhile. */
export function useSeen(subjects: readonly Subject[]): void {
  const key = subjects
    .slice(0, MOST)
    .map(({ kind, id }) => `${kind}:${id}`)
    .join(' ');
  useLiveEvent('notifications.changed', () => look(key));
  useEffect(() => {
    const again = () => look(key);
    again();
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, [key]);
}
