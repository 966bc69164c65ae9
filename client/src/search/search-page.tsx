import { CloseButton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconListSearch, IconSearch, IconZoomQuestion } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { usePage } from '../platform/page.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Rows } from '../ui/rows.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { filterFrom, paramsOf, type SearchFilter } from './filter.ts';
import { messages } from './messages.ts';
import { Filters } from './parts/filters.tsx';
import { FoundRow } from './parts/found-row.tsx';
import { useFound } from './queries.ts';

/** `/search`: everything that answers a question, with the question and its filters in the address. */
export function Page() {
  const t = useText(messages);
  usePage(t('search.title'));
  const [params, setParams] = useSearchParams();
  const filter = filterFrom(params);
  const change = (wanted: SearchFilter) => setParams(paramsOf(wanted), { replace: true });
  return (
    <PageBody>
      <PageHeader title={t('search.title')} />
      <Stack gap="md">
        <Question q={filter.q} onAsk={(q) => change({ ...filter, q })} />
        <Filters filter={filter} onChange={change} />
        <Answers filter={filter} />
      </Stack>
    </PageBody>
  );
}

/** The words; what is typed becomes the question when the typing pauses. */
function Question({ q, onAsk }: { q: string; onAsk: (q: string) => void }) {
  const t = useText(messages);
  const say = useText(common);
  const [typed, setTyped] = useState(q);
  const [pause] = useDebouncedValue(typed.trim(), 200);
  // Somebody came here with another question, from the palette or by going back.
  const [asked, setAsked] = useState(q);
  if (q !== asked) {
    setAsked(q);
    if (q !== typed.trim()) setTyped(q);
  }
  useEffect(() => {
    if (pause === typed.trim() && pause !== q) onAsk(pause);
  });
  return (
    <TextInput
      type="search"
      size="md"
      aria-label={t('search.field')}
      placeholder={t('search.field')}
      maxLength={200}
      data-autofocus
      autoFocus
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      leftSection={<IconSearch size={18} stroke={1.7} aria-hidden />}
      rightSection={typed && <CloseButton aria-label={say('clear')} onClick={() => setTyped('')} />}
    />
  );
}

function Answers({ filter }: { filter: SearchFilter }) {
  const t = useText(messages);
  const found = useFound(filter);
  if (filter.q === '')
    return (
      <EmptyState icon={IconListSearch} title={t('search.hint.title')}>
        {t('search.hint.body')}
      </EmptyState>
    );
  if (found.isPending) return <ListSkeleton count={5} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const [first] = found.data.pages;
  const items = found.data.pages.flatMap((page) => page.items);
  const people = items.filter(({ kind }) => kind === 'person').length;
  return (
    <>
      {first?.incomplete && (
        <Text size="sm" c="dimmed">
          {t('search.incomplete')}
        </Text>
      )}
      <Text size="sm" c="dimmed" role="status">
        {items.length > 0 && t('search.count', { count: (first?.total ?? 0) + people })}
      </Text>
      {items.length === 0 && (
        <EmptyState icon={IconZoomQuestion} title={t('search.none.title', { query: filter.q })} compact>
          {t('search.none.body')}
        </EmptyState>
      )}
      <Rows label={t('search.results')}>
        {items.map((one) => (
          <FoundRow key={`${one.kind} ${one.id}`} found={one} />
        ))}
      </Rows>
      <LoadMore list={found} />
    </>
  );
}
