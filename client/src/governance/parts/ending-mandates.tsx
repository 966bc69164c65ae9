import type { EndingMandate } from '@concert/domain/governance/api.ts';
import { Anchor, Badge, Group, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { lastDayOf } from '../../platform/sharing/ends.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PersonLine } from '../../ui/person-line.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { daysUntil } from '../seats/seating.ts';

const SPANS = [30, 90, 180] as const;
const NEAR_DAYS = 30;

/** [G11] Which mandates end soon, the first to end first: time to have somebody appointed. */
export function EndingMandates() {
  const t = useText(messages);
  const [days, setDays] = useState<(typeof SPANS)[number]>(90);
  const ending = useQuery({
    ...orpc.governance.endingMandates.queryOptions({ input: { days } }),
    placeholderData: keepPreviousData,
  });
  const mandates = ending.data?.items ?? [];
  return (
    <Section title={t('ending.title')} detail={t('ending.detail')}>
      <SegmentedControl
        size="xs"
        mb="xs"
        aria-label={t('ending.span')}
        data={SPANS.map((span) => ({ value: `${span}`, label: t('ending.days', { count: span }) }))}
        value={`${days}`}
        onChange={(value) => setDays(SPANS.find((span) => `${span}` === value) ?? 90)}
      />
      {ending.isPending && <ListSkeleton count={3} />}
      {ending.isError && <ErrorState error={ending.error} onRetry={() => void ending.refetch()} />}
      {ending.isSuccess && mandates.length === 0 && (
        <Text size="sm" c="dimmed" py="xs">
          {t('ending.none', { count: days })}
        </Text>
      )}
      <Rows label={t('ending.title')}>
        {mandates.map((mandate) => (
          <EndingRow key={mandate.id} mandate={mandate} />
        ))}
      </Rows>
    </Section>
  );
}

function EndingRow({ mandate }: { mandate: EndingMandate }) {
  const t = useText(messages);
  const format = useFormat();
  const { until = '', role, bodyId, bodyName, seatId } = mandate;
  const left = daysUntil(until, Date.now());
  return (
    <Group py="xs" gap="xs" justify="space-between">
      <div style={{ flex: '1 1 13rem', minWidth: 0 }}>
        <PersonLine person={{ ...mandate, id: mandate.personId }} detail={t(`role.${role}`)} />
      </div>
      <Anchor
        component={Link}
        to={`/bodies/${bodyId}/${seatId ? 'seats' : 'people'}`}
        size="sm"
        flex="1 1 11rem"
        style={{ overflowWrap: 'anywhere' }}
      >
        {bodyName}
      </Anchor>
      <Group gap="xs" flex="0 0 14rem" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {format.date(lastDayOf(until), 'medium')}
        </Text>
        <Badge radius="sm" variant="light" color={left <= NEAR_DAYS ? 'yellow' : 'gray'}>
          {t('ending.in', { count: left })}
        </Badge>
      </Group>
    </Group>
  );
}
