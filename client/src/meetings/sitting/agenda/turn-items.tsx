import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { Menu } from '@mantine/core';
import { IconCheck, IconClockPause, IconPlayerPlay } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { turnHindered } from './course.ts';

/** The ways in which the sitting turns to an item: the one before is dealt with, or set aside. */
export function TurnItems({ item }: { item: AgendaItem }) {
  const t = useSay();
  const { meeting, current } = useSitting();
  const turn = useChange(client.meetings.turnTo);
  const hindered = turnHindered(meeting) !== undefined;
  const go = (leave?: 'done' | 'paused') =>
    turn.mutate({ id: meeting.id, itemId: item.id, ...(leave ? { leave } : {}) });
  const number = current?.number ?? '';
  return (
    <>
      {hindered && <Menu.Label>{t('sitting.turn.poll')}</Menu.Label>}
      {current ? (
        <>
          <Menu.Item disabled={hindered} leftSection={<IconCheck size={16} aria-hidden />} onClick={() => go('done')}>
            {t('sitting.turn.done', { number })}
          </Menu.Item>
          <Menu.Item
            disabled={hindered}
            leftSection={<IconClockPause size={16} aria-hidden />}
            onClick={() => go('paused')}
          >
            {t('sitting.turn.paused', { number })}
          </Menu.Item>
        </>
      ) : (
        <Menu.Item disabled={hindered} leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => go()}>
          {t('sitting.turn.to')}
        </Menu.Item>
      )}
    </>
  );
}
