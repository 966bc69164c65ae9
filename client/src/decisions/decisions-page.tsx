import { DECISION_STATES, type DecisionLine, DecisionState } from '@concert/domain/decisions/api.ts';
import { Button, Select, SimpleGrid, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconGavel } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { type Filter, useBodies, useDecisions } from './queries.ts';
import { RecordDialog } from './record/record-dialog.tsx';
import { DecisionRow } from './register/decision-row.tsx';
import { ViewLinks } from './register/view-links.tsx';

/** What the address asks for. */
function filterOf(params: URLSearchParams): Filter {
  const year = Number(params.get('year'));
  const state = DecisionState.safeParse(params.get('state'));
  return {
    bodyId: params.get('body') ?? undefined,
    year: Number.isInteger(year) && year >= 1900 && year <= 9999 ? year : undefined,
    state: state.success ? state.data : undefined,
  };
}

/** `/decisions`, `/decisions?body=&year=&state=`: the register, year by year. */
export function Page() {
  const t = useText(messages);
  usePage(t('title'));
  const [params] = useSearchParams();
  const filter = filterOf(params);
  const { all, conducted } = useBodies();
  const [recording, { open, close }] = useDisclosure(false);
  const list = useDecisions(filter);
  const keeps = conducted.length > 0;
  return (
    <PageBody maw="58rem">
      <PageHeader
        title={t('title')}
        detail={t('detail')}
        actions={
          keeps && (
            <Button leftSection={<IconGavel size={17} aria-hidden />} onClick={open}>
              {t('record')}
            </Button>
          )
        }
      />
      <ViewLinks open="register" />
      <Filters filter={filter} bodies={all} years={list.data?.pages[0]?.years ?? []} />
      {list.isPending && <ListSkeleton count={5} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && (
        <Register decisions={list.data.pages.flatMap(({ items }) => items)} filtered={params.size > 0} keeps={keeps} />
      )}
      <LoadMore list={list} />
      <RecordDialog opened={recording} onClose={close} bodies={conducted} bodyId={filter.bodyId} />
    </PageBody>
  );
}

type FiltersProps = {
  readonly filter: Filter;
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  readonly years: readonly number[];
};

function Filters({ filter: { bodyId, year, state }, bodies, years }: FiltersProps) {
  const t = useText(messages);
  const [params, setParams] = useSearchParams();
  const choose = (name: string) => (value: string | null) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  const known = [...new Set([...years, ...(year ? [year] : [])])];
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs" mb="lg">
      <Select
        aria-label={t('filter.body')}
        placeholder={t('filter.allBodies')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.allBodies') }}
        searchable
        data={bodies.map(({ id, name }) => ({ value: id, label: name }))}
        value={bodyId ?? null}
        onChange={choose('body')}
      />
      <Select
        aria-label={t('filter.year')}
        placeholder={t('filter.allYears')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.allYears') }}
        data={known.map(String)}
        value={year ? String(year) : null}
        onChange={choose('year')}
      />
      <Select
        aria-label={t('filter.state')}
        placeholder={t('filter.allStates')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.allStates') }}
        data={DECISION_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={state ?? null}
        onChange={choose('state')}
      />
    </SimpleGrid>
  );
}

const DRAFTS = 'drafts';

type RegisterProps = {
  readonly decisions: readonly DecisionLine[];
  readonly filtered: boolean;
  readonly keeps: boolean;
};

function Register({ decisions, filtered, keeps }: RegisterProps) {
  const t = useText(messages);
  if (decisions.length === 0)
    return (
      <EmptyState icon={IconGavel} title={t('none')}>
        {filtered ? t('none.filtered') : t(keeps ? 'none.detail' : 'none.reader')}
      </EmptyState>
    );
  const groups = new Map<string, DecisionLine[]>();
  for (const one of decisions) {
    const key = one.number?.slice(0, 4) ?? DRAFTS;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return (
    <Stack gap="2rem">
      {[...groups].map(([key, lines]) => {
        const title = key === DRAFTS ? t('group.drafts') : key;
        return (
          <Section key={key} title={title}>
            <Rows label={title}>
              {lines.map((decision) => (
                <DecisionRow key={decision.id} decision={decision} />
              ))}
            </Rows>
          </Section>
        );
      })}
    </Stack>
  );
}
