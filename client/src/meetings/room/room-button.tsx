import { Button, Tooltip } from '@mantine/core';
import { IconVideo } from '@tabler/icons-react';
import { useSay } from '../sitting/say.ts';
import { useSitting } from '../sitting/sitting-context.tsx';
import { useRoom } from './room-context.tsx';
import { PANEL_ID } from './room-panel.tsx';
import { useOwnTab } from './use-tab.ts';

const OVER: ReadonlySet<string> = new Set(['ended', 'cancelled', 'postponed']);
const SIGN = <IconVideo size={16} aria-hidden />;

/** Leads into the room of the meeting: beside the agenda, or in a tab of its own; an address elsewhere is a link. */
export function RoomButton() {
  const t = useSay();
  const { meeting } = useSitting();
  const { provider, open, beside, shown, show } = useRoom();
  const tab = useOwnTab(meeting.id);
  // An address can be visited at any time, by whoever sees it.
  if (meeting.roomUrl && !open) {
    return (
      <Button
        component="a"
        href={meeting.roomUrl}
        target="_blank"
        rel="noopener noreferrer"
        variant="default"
        leftSection={SIGN}
      >
        {t('sitting.room')}
      </Button>
    );
  }
  if (provider === undefined || OVER.has(meeting.state)) return null;
  const toggle = beside ? { 'aria-expanded': shown, ...(shown ? { 'aria-controls': PANEL_ID } : {}) } : {};
  return (
    <Tooltip label={t('sitting.room.notYet')} disabled={open}>
      <Button
        variant={shown ? 'light' : 'default'}
        leftSection={SIGN}
        loading={tab.busy}
        aria-disabled={!open || undefined}
        data-disabled={!open || undefined}
        onClick={() => {
          if (!open) return;
          if (beside) show(!shown);
          else tab.open();
        }}
        {...toggle}
      >
        {t('sitting.room')}
      </Button>
    </Tooltip>
  );
}
