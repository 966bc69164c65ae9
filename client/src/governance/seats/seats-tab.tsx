import type { Body } from '@concert/domain/governance/api.ts';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArmchair, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { dayOf } from '../../platform/sharing/ends.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { parseDay } from '../../ui/day-text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { useManages } from '../parts/manages.ts';
import { Colleges } from './colleges.tsx';
import { OtherDay } from './other-day.tsx';
import { type SeatTask, SeatTasks } from './seat-tasks.tsx';
import { byCollege, instantOf, totalsOf } from './seating.ts';
import { TotalsLine } from './totals-line.tsx';

/** Another day than today, kept in the address so that it can be handed on. */
function useDay(): readonly [string | null, (day: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const asked = parseDay(params.get('at') ?? '');
  const day = asked === dayOf(Date.now()) ? null : asked;
  return [day, (next) => setParams(next ? { at: next } : {}, { replace: true })];
}

/** [G7] Who sits where: today, or on another day. */
export function SeatsTab({ body }: { body: Body }) {
  const t = useText(messages);
  const [day, setDay] = useDay();
  const [task, setTask] = useState<SeatTask>();
  const manages = useManages() && body.state === 'active' && day === null;
  const seats = useQuery({
    ...orpc.governance.seats.queryOptions({ input: { id: body.id, ...(day ? { at: instantOf(day) } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const items = seats.data?.items ?? [];
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div style={{ flex: '1 1 12rem' }}>{items.length > 0 && <TotalsLine totals={totalsOf(items)} size="sm" />}</div>
        <Group gap="sm" align="flex-end">
          <DayInput
            label={t('seats.at')}
            clear={t('seats.today')}
            placeholder={t('seats.now')}
            value={day}
            onChange={setDay}
            w="10.5rem"
          />
          {manages && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setTask({ kind: 'add' })}>
              {t('seat.add')}
            </Button>
          )}
        </Group>
      </Group>
      {day && <OtherDay day={day} onToday={() => setDay(null)} />}
      {seats.isPending && <ListSkeleton count={6} />}
      {seats.isError && <ErrorState error={seats.error} onRetry={() => void seats.refetch()} />}
      {seats.isSuccess && items.length === 0 && <NoSeats day={day} />}
      <div aria-busy={seats.isPlaceholderData} style={seats.isPlaceholderData ? { opacity: 0.55 } : undefined}>
        <Colleges colleges={byCollege(items)} past={day !== null} onTask={manages ? setTask : undefined} />
      </div>
      <SeatTasks body={body} task={task} seats={items} onClose={() => setTask(undefined)} />
    </Stack>
  );
}

function NoSeats({ day }: { day: string | null }) {
  const t = useText(messages);
  if (day) return <Text c="dimmed">{t('seats.noneThen')}</Text>;
  return (
    <EmptyState icon={IconArmchair} title={t('seats.none')}>
      {t('seats.noneDetail')}
    </EmptyState>
  );
}
