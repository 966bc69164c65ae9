import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarEvent, IconCalendarPlus, IconHistory } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useLocale, useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { MeetingDialog } from './form/meeting-dialog.tsx';
import { BodyFilter } from './list/body-filter.tsx';
import { MeetingRow } from './list/meeting-row.tsx';
import { MeetingTabs } from './list/meeting-tabs.tsx';
import { MyCalendar } from './list/my-calendar.tsx';
import { byMonth, NOW_KEY, UNDATED_KEY } from './logic/months.ts';
import { monthText } from './logic/times.ts';
import { messages } from './messages.ts';
import { useBodies, useMeetings } from './queries.ts';

/** `/meetings`, `/meetings?when=past&body=`: what is coming, month by month, and what has been. */
export function Page() {
  const t = useText(messages);
  usePage(t('title'));
  const [params, setParams] = useSearchParams();
  const when = params.get('when') === 'past' ? 'past' : 'coming';
  const bodyId = params.get('body') ?? undefined;
  const { conducted } = useBodies();
  const [preparing, { open, close }] = useDisclosure(false);
  const prepare = (
    <Button leftSection={<IconCalendarPlus size={17} aria-hidden />} onClick={open}>
      {t('new')}
    </Button>
  );
  const filter = (id: string | null) =>
    setParams({ ...(when === 'past' ? { when } : {}), ...(id ? { body: id } : {}) }, { replace: true });
  return (
    <PageBody maw="58rem">
      <PageHeader
        title={t('title')}
        detail={t('detail')}
        actions={
          <>
            <MyCalendar />
            {conducted.length > 0 && prepare}
          </>
        }
      />
      <MeetingTabs open={when} bodyId={bodyId} />
      <BodyFilter bodyId={bodyId} onChange={filter} />
      <Meetings when={when} bodyId={bodyId} prepares={conducted.length > 0} />
      <MeetingDialog opened={preparing} onClose={close} bodies={conducted} bodyId={bodyId} />
    </PageBody>
  );
}

type ListProps = { readonly when: 'coming' | 'past'; readonly bodyId: string | undefined; readonly prepares: boolean };

function Meetings({ when, bodyId, prepares }: ListProps) {
  const t = useText(messages);
  const locale = useLocale();
  const list = useMeetings(when, bodyId);
  const groups = byMonth(list.data?.pages.flatMap(({ items }) => items) ?? []);
  const nameOf = (key: string) => {
    if (key === NOW_KEY) return t('group.now');
    return key === UNDATED_KEY ? t('group.undated') : monthText(locale, key);
  };
  return (
    <>
      {list.isPending && <ListSkeleton count={5} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && groups.length === 0 && (
        <EmptyState icon={when === 'past' ? IconHistory : IconCalendarEvent} title={t(`none.${when}`)}>
          {when === 'coming' && t(prepares ? 'none.prepares' : 'none.waits')}
        </EmptyState>
      )}
      <Stack gap="2rem">
        {groups.map(({ key, items }) => (
          <Section key={key} title={nameOf(key)}>
            <Rows label={nameOf(key)}>
              {items.map((meeting) => (
                <MeetingRow key={meeting.id} meeting={meeting} />
              ))}
            </Rows>
          </Section>
        ))}
      </Stack>
      <LoadMore list={list} />
    </>
  );
}
