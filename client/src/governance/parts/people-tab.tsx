import type { Body, Mandate } from '@concert/domain/governance/api.ts';
import { Button, Stack } from '@mantine/core';
import { IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { nextCursor, orpc } from '../../platform/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { useManages } from './manages.ts';
import { MandateDialog } from './mandate-dialog.tsx';
import { MandateRow } from './mandate-row.tsx';
import type { MandateTask } from './mandate-task.ts';

/** Who has a mandate in a body, and who had one. */
export function PeopleTab({ body }: { body: Body }) {
  const t = useText(messages);
  const manages = useManages() && body.state === 'active';
  const [task, setTask] = useState<MandateTask>();
  const [ended, setEnded] = useState(false);
  return (
    <Stack gap="2.5rem">
      <Section
        title={t('mandates.title')}
        detail={t(body.state === 'archived' ? 'mandates.archived' : 'mandates.detail')}
        action={
          manages && (
            <Button
              flex="none"
              leftSection={<IconUserPlus size={17} aria-hidden />}
              onClick={() => setTask({ kind: 'give' })}
            >
              {t('mandates.give')}
            </Button>
          )
        }
      >
        <Mandates body={body} onChange={manages ? (mandate) => setTask({ kind: 'change', mandate }) : undefined} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          mt="sm"
          aria-expanded={ended}
          onClick={() => setEnded(!ended)}
        >
          {t(ended ? 'mandates.hideEnded' : 'mandates.showEnded')}
        </Button>
      </Section>
      {ended && (
        <Section title={t('mandates.endedTitle')}>
          <Mandates body={body} ended />
        </Section>
      )}
      <MandateDialog body={body} task={task} onClose={() => setTask(undefined)} />
    </Stack>
  );
}

type ListProps = {
  readonly body: Body;
  readonly ended?: boolean;
  readonly onChange?: ((mandate: Mandate) => void) | undefined;
};

function Mandates({ body, ended = false, onChange }: ListProps) {
  const t = useText(messages);
  const seats = useQuery(orpc.governance.seats.queryOptions({ input: { id: body.id } }));
  const titles = new Map(seats.data?.items.map(({ id, title }) => [id, title]));
  const list = useInfiniteQuery(
    orpc.governance.mandates.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id: body.id,
        limit: 100,
        ...(ended ? { ended: 'true' } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
  const mandates = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {list.isPending && <ListSkeleton count={ended ? 2 : 5} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && mandates.length === 0 && (
        <EmptyState icon={IconUsersGroup} title={t(ended ? 'mandates.noneEnded' : 'mandates.none')} compact>
          {!ended && t('mandates.noneDetail')}
        </EmptyState>
      )}
      <Rows label={t(ended ? 'mandates.endedTitle' : 'mandates.title')}>
        {mandates.map((mandate) => (
          <MandateRow
            key={mandate.id}
            mandate={mandate}
            body={body}
            seat={titles.get(mandate.seatId ?? '')}
            onChange={onChange}
          />
        ))}
      </Rows>
      <LoadMore list={list} />
    </>
  );
}
