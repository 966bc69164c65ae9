import type { Speaker } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconDots, IconX } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';

/** What else who conducts can do with somebody on the list. */
export function SpeakerMenu({ speaker, name }: { speaker: Speaker; name: string }) {
  const t = useSay();
  const { meeting } = useSitting();
  const change = useChange(client.meetings.speaker);
  const go = (what: 'first' | 'last' | 'remove') => change.mutate({ id: meeting.id, speakerId: speaker.id, do: what });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('sitting.speaker.more', { name })}>
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {speaker.state === 'waiting' && (
          <>
            <Menu.Item leftSection={<IconArrowBarToUp size={16} aria-hidden />} onClick={() => go('first')}>
              {t('sitting.speaker.first')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowBarToDown size={16} aria-hidden />} onClick={() => go('last')}>
              {t('sitting.speaker.last')}
            </Menu.Item>
          </>
        )}
        <Menu.Item color="red" leftSection={<IconX size={16} aria-hidden />} onClick={() => go('remove')}>
          {t('sitting.speaker.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
