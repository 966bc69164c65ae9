import { useMutation } from '@tanstack/react-query';
import { client } from '../../platform/query.ts';
import { sayProblem, sayRefusal } from '../../ui/notify.ts';
import { useSay } from '../sitting/say.ts';

/** Opens the room in a tab of its own: the tab at once, as browsers ask, and its address when it is there. */
export function useOwnTab(meetingId: string) {
  const t = useSay();
  const enter = useMutation({
    mutationFn: async (tab: Window) => {
      const { url } = await client.rooms.enter({ id: meetingId });
      // The room must know nothing of the page from which it was opened.
      tab.opener = null;
      tab.location.replace(url);
    },
    meta: { saidInPlace: true },
    onError: (error, tab) => {
      tab.close();
      sayProblem(error, t('sitting.room.failed'));
    },
  });
  const open = (): boolean => {
    const tab = window.open('about:blank', '_blank');
    if (tab === null) sayRefusal(t('sitting.room.blocked'));
    else enter.mutate(tab);
    return tab !== null;
  };
  return { open, busy: enter.isPending };
}
