import type { MeetingState } from '@concert/domain/meetings/shapes.ts';
import { Badge } from '@mantine/core';
import { IconBroadcast } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';

type Look = { readonly color: string; readonly variant: 'light' | 'default' | 'filled' };

const LOOK: Record<MeetingState, Look> = {
  draft: { color: 'gray', variant: 'default' },
  convened: { color: 'lagoon', variant: 'light' },
  frozen: { color: 'lagoon', variant: 'light' },
  'in-session': { color: 'lagoon', variant: 'filled' },
  suspended: { color: 'yellow', variant: 'light' },
  ended: { color: 'gray', variant: 'light' },
  postponed: { color: 'yellow', variant: 'light' },
  cancelled: { color: 'red', variant: 'light' },
};

/** How a meeting stands, in a word or two. */
export function StateBadge({ state }: { state: MeetingState }) {
  const t = useText(messages);
  return (
    <Badge
      radius="sm"
      {...LOOK[state]}
      leftSection={state === 'in-session' ? <IconBroadcast size={12} aria-hidden /> : undefined}
    >
      {t(`state.${state}`)}
    </Badge>
  );
}
