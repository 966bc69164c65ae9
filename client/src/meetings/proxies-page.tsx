import type { PeriodProxy } from '@concert/domain/meetings/proxies-api.ts';
import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { useMe } from '../platform/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { BodyFilter } from './list/body-filter.tsx';
import { MeetingTabs } from './list/meeting-tabs.tsx';
import { messages } from './messages.ts';
import { GivePeriodDialog } from './proxies/give-dialog.tsx';
import { periodParts } from './proxies/period-lists.ts';
import { PeriodRow } from './proxies/period-row.tsx';
import { useGivableSeats, usePeriods } from './proxies/queries.ts';

/** `/meetings/proxies?body=`: votes that are in another's hands for a time; of a body all of them, for who sits in it. */
export function Page() {
  const t = useText(messages);
  usePage(t('proxies.title'), [{ label: t('title'), to: '/meetings' }]);
  const [params, setParams] = useSearchParams();
  const bodyId = params.get('body') ?? undefined;
  const seats = useGivableSeats();
  const [giving, { open, close }] = useDisclosure(false);
  const givable = seats.data?.items ?? [];
  const give = (
    <Button leftSection={<IconArrowsExchange size={17} aria-hidden />} onClick={open}>
      {t('proxy.give')}
    </Button>
  );
  return (
    <PageBody maw="58rem">
      <PageHeader title={t('title')} detail={t('period.page')} actions={givable.length > 0 && give} />
      <MeetingTabs open="proxies" bodyId={bodyId} />
      <BodyFilter bodyId={bodyId} onChange={(id) => setParams(id ? { body: id } : {}, { replace: true })} />
      <Periods bodyId={bodyId} gives={givable.length > 0} />
      <GivePeriodDialog opened={giving} onClose={close} seats={givable} bodyId={bodyId} />
    </PageBody>
  );
}

const PARTS = ['offered', 'mine', 'others', 'over'] as const;

function Periods({ bodyId, gives }: { bodyId: string | undefined; gives: boolean }) {
  const t = useText(messages);
  const { id: myId } = useMe();
  const periods = usePeriods(bodyId);
  if (periods.isPending) return <ListSkeleton count={3} />;
  if (!periods.data) return <ErrorState error={periods.error} onRetry={() => void periods.refetch()} />;
  const parts: Record<(typeof PARTS)[number], readonly PeriodProxy[]> = periodParts(periods.data.items, myId);
  const filled = PARTS.filter((part) => parts[part].length > 0);
  if (filled.length === 0)
    return (
      <EmptyState icon={IconArrowsExchange} title={t('proxies.none')}>
        {t(gives ? 'period.none.gives' : 'period.none.waits')}
      </EmptyState>
    );
  return (
    <Stack gap="2rem">
      {filled.map((part) => (
        <Section key={part} title={t(`period.part.${part}`)}>
          <Rows label={t(`period.part.${part}`)}>
            {parts[part].map((proxy) => (
              <PeriodRow key={proxy.id} proxy={proxy} />
            ))}
          </Rows>
        </Section>
      ))}
    </Stack>
  );
}
