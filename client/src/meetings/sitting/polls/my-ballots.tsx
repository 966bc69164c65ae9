import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { Stack, Tabs, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { type SittingSay, useSay } from '../say.ts';
import { type Sitting, useSitting } from '../sitting-context.tsx';
import { Ballot } from './ballot.tsx';

type Seat = Poll['mine'][number];

/** For whom a ballot is: oneself, who is stood in for, or who has given their vote. */
function forWhom(poll: Poll, seat: Seat, sitting: Pick<Sitting, 'person'>, t: SittingSay): string {
  return t(`poll.for.${seat.via}`, { name: holderOf(poll, seat, sitting) });
}

function holderOf(poll: Poll, seat: Seat, { person }: Pick<Sitting, 'person'>): string {
  const holder = poll.register.find(({ seatId }) => seatId === seat.seatId)?.holderId;
  return person(holder)?.name ?? poll.voters.find(({ personId }) => personId === holder)?.name ?? seat.title;
}

/** The same in a word or two, for a tab. */
function shortly(poll: Poll, seat: Seat, sitting: Pick<Sitting, 'person'>, t: SittingSay): string {
  return seat.via === 'self' ? t('poll.for.self') : t(`poll.tab.${seat.via}`, { name: holderOf(poll, seat, sitting) });
}

/** The ballots of the reader, one for each seat that they vote for. */
export function MyBallots({ poll }: { poll: Poll }) {
  const t = useSay();
  const sitting = useSitting();
  const [picked, setPicked] = useState<string | undefined>();
  const next = poll.mine.find(({ voted }) => !voted) ?? poll.mine[0];
  const shown = picked ?? next?.seatId;
  if (poll.mine.length === 1 && next) {
    return (
      <Stack gap="sm">
        {next.via !== 'self' && <Text fw={580}>{forWhom(poll, next, sitting, t)}</Text>}
        <Ballot poll={poll} seat={next} />
      </Stack>
    );
  }
  return (
    <Tabs value={shown ?? null} onChange={(value) => setPicked(value ?? undefined)} keepMounted={false}>
      <Tabs.List aria-label={t('poll.ballots')}>
        {poll.mine.map((seat) => (
          <Tabs.Tab
            key={seat.seatId}
            value={seat.seatId}
            leftSection={seat.voted ? <IconCheck size={15} aria-label={t('poll.voted.short')} /> : undefined}
          >
            {shortly(poll, seat, sitting, t)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {poll.mine.map((seat) => (
        <Tabs.Panel key={seat.seatId} value={seat.seatId} pt="md">
          <Stack gap="sm">
            {seat.via !== 'self' && <Text fw={580}>{forWhom(poll, seat, sitting, t)}</Text>}
            <Ballot poll={poll} seat={seat} />
          </Stack>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
