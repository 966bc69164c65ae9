import { ActionIcon } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconNotes } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { KeyHint } from '../sitting/key-hint.tsx';
import { useShortcuts } from '../sitting/shortcuts.ts';
import { useSitting } from '../sitting/sitting-context.tsx';
import { hasMinutes } from './queries.ts';

/** Room for the text beside the agenda; on narrower screens it has its own page. */
const WIDE = '(min-width: 68em)';

/** Whether the minutes are open beside the sitting, in this browser. */
export function useMinutesPane() {
  const { meeting } = useSitting();
  const wide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false }) ?? false;
  const [open, setOpen] = useLocalStorage({
    key: 'concert.sitting.minutes',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const there = hasMinutes(meeting);
  return { there, wide, open: open && wide && there, setOpen } as const;
}

/** Opens the minutes beside the sitting, or their page where there is no room. */
export function MinutesToggle() {
  const t = useText(messages);
  const { meeting } = useSitting();
  const { there, wide, open, setOpen } = useMinutesPane();
  useShortcuts({ m: () => setOpen(!open) }, there && wide);
  if (!there) return null;
  const sign = <IconNotes size={19} stroke={1.7} aria-hidden />;
  if (!wide)
    return (
      <ActionIcon component={Link} to={`/meetings/${meeting.id}?view=minutes`} aria-label={t('view.minutes')}>
        {sign}
      </ActionIcon>
    );
  const label = t(open ? 'minutes.hide' : 'minutes.show');
  return (
    <KeyHint label={label} keys="M" icon>
      <ActionIcon
        aria-label={t('view.minutes')}
        aria-pressed={open}
        variant={open ? 'light' : 'subtle'}
        color={open ? 'lagoon' : 'gray'}
        onClick={() => setOpen(!open)}
      >
        {sign}
      </ActionIcon>
    </KeyHint>
  );
}
